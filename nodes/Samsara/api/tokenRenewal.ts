import { Locks } from '../common/locks';
import { abortableSleep, clock, throwIfCancelled } from './clock';

/** The connection could not be renewed now, but may be later. The call that needed it was refused, so it had no effect. */
export class RenewalError extends Error {}

export interface Renewal {
	/** Identifies the credential. */
	account: string;
	signal?: AbortSignal;
	/** Reads the access token that n8n has stored. */
	readToken(): Promise<string>;
	/** Makes a call that changes nothing and for which n8n renews an expired token. */
	probe(): Promise<unknown>;
	/** The token for which Samsara does not renew the connection. */
	rejected?: string;
}

/** Samsara's refresh tokens work once, and older versions of n8n renew a token as often as calls ask for it. */
const locks = new Locks();

/** When the latest renewal of an account failed for now, on the monotonic clock. */
const failedAt = new Map<string, number>();

const MAX_CHECKS = 5;

const CHECK_INTERVAL_MS = 500;

/**
 * Has n8n renew an access token that Samsara has refused, unless that has happened meanwhile.
 *
 * @returns the stored token; the refused one if Samsara does not renew the connection
 * @throws RenewalError, or Cancelled
 */
export async function renewToken(refused: string, renewal: Renewal): Promise<string> {
	const { account, signal, readToken } = renewal;
	const askedAt = clock.monotonic();
	return await locks.withLock(account, async () => {
		throwIfCancelled(signal);
		let token = await readToken();
		if (token !== refused || token === renewal.rejected) return token;
		// Calls that waited for a renewal share its failure: one after the other, they would wait for minutes.
		if ((failedAt.get(account) ?? 0) > askedAt) throw new RenewalError();
		failedAt.delete(account);
		const failure = await renewal.probe().then(
			() => undefined,
			(error: unknown) => ({ isTemporary: isTemporary(error) }),
		);
		token = await readToken();
		// Another n8n process may have used the refresh token, and is about to store the new one.
		for (let check = 1; failure && token === refused && check < MAX_CHECKS; check++) {
			await abortableSleep(CHECK_INTERVAL_MS, signal);
			token = await readToken();
		}
		if (failure?.isTemporary && token === refused) {
			failedAt.set(account, clock.monotonic());
			throw new RenewalError();
		}
		if (failure) renewal.rejected = refused;
		return token;
	});
}

/** Whether a failed call may succeed later: no response, an overload, or a failure of Samsara's servers. */
function isTemporary(error: unknown): boolean {
	const { httpCode, code, cause } = (error ?? {}) as {
		httpCode?: unknown;
		code?: unknown;
		cause?: { code?: unknown; status?: unknown };
	};
	const status = Number(httpCode ?? cause?.status);
	if (status > 0) return status === 408 || status === 429 || status >= 500;
	return /^(E(CONN|TIMEDOUT|HOST|NET|PIPE|AI_)|ERR_NETWORK)/.test(
		String(httpCode ?? cause?.code ?? code),
	);
}
