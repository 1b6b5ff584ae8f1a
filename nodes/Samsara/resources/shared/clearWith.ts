import { SamsaraApiError } from '../../common/errors';
import { settle } from '../../common/settle';

/** What is updated exists, so a 404 means that there is no tag or vehicle with the ID 0. */
const REFUSALS = [400, 404];

/**
 * Clears something where Samsara does not document how: tries the update with each empty value until one works.
 *
 * @throws `notCleared` if no update clears it, or SamsaraApiError if Samsara refuses one and no other clears it
 */
export async function clearWith<V, E>(
	emptyValues: V[],
	update: (empty: V) => Promise<E>,
	isCleared: (entity: E) => boolean | Promise<boolean>,
	notCleared: Error,
): Promise<E> {
	let refusal: SamsaraApiError | undefined;
	for (const empty of emptyValues) {
		const outcome = await settle(async () => await update(empty));
		if (!(outcome instanceof Error)) {
			if (await isCleared(outcome)) return outcome;
		} else if (outcome instanceof SamsaraApiError && REFUSALS.includes(outcome.status))
			refusal ??= outcome;
		else throw outcome;
	}
	throw refusal ?? notCleared;
}
