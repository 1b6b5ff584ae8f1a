import { Buffer } from 'node:buffer';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

/**
 * The account that was used for the recording of a version. Because the saved nodes contain its IDs, it does not change with
 * the seed.
 */
export type Account = Record<(typeof PARTS)[number], Array<{ id: string }>> & {
	/** The time of the recording; all dates in the account are close to it. */
	now: string;
	files: Array<{ id: string; mediaType: string; base64: string }>;
};

const PARTS = [
	'tags',
	'drivers',
	'vehicles',
	'trailers',
	'equipment',
	'attributes',
	'qualificationTypes',
	'records',
] as const;

/** Starts a simulator with this account, which creates the same IDs each time. */
export async function openAccount(account: Account): Promise<Simulator> {
	const sim = await startSimulator({ seed: 'empty', mediaProcessingMs: 0 });
	const { state, media } = sim;
	for (const part of PARTS) {
		const collection = state[part] as unknown as Map<string, unknown>;
		for (const entry of structuredClone(account[part])) collection.set(entry.id, entry);
	}
	for (const { id, mediaType, base64 } of account.files) {
		media.files.set(id, { bytes: Buffer.from(base64, 'base64'), mediaType, finishedAt: 0 });
	}
	state.reindex();
	let created = 0;
	state.newUuid = () => `00000000-0000-4000-8000-${String((created += 1)).padStart(12, '0')}`;
	state.newEntityId = () => String(281474900000000 + (created += 1));
	return sim;
}
