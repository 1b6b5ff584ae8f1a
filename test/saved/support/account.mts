import { Buffer } from 'node:buffer';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

/**
 * An account as it stood when a version was recorded. The nodes are saved with its IDs, so it does not follow later
 * changes of the seed.
 */
export type Account = Record<(typeof PARTS)[number], Array<{ id: string }>> & {
	/** When it was recorded; all its dates lie around this time. */
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

/** Starts a simulator with this account; the IDs that it hands out are the same each time. */
export async function openAccount(account: Account): Promise<Simulator> {
	const sim = await startSimulator({ seed: 'empty', mediaProcessingMs: 0 });
	const { state, media } = sim;
	for (const part of PARTS) {
		const things = state[part] as unknown as Map<string, unknown>;
		for (const one of structuredClone(account[part])) things.set(one.id, one);
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
