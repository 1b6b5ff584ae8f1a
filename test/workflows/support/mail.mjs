import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const POLL_MS = 100;
const LOGIN = { user: 'fleet@example.com', password: 'mail-password' };

async function bytesOf(stream) {
	const parts = [];
	for await (const part of stream) parts.push(part);
	return Buffer.concat(parts);
}

/**
 * A mail server on loopback that requires a login and stores what it receives.
 *
 * @returns {Promise<{
 *   messages: import('postal-mime').Email[],
 *   refused: Set<string>,
 *   credential: Record<string, unknown>,
 *   next: (count: number, timeoutMs?: number) => Promise<import('postal-mime').Email[]>,
 *   close: () => Promise<void>,
 * }>} `refused` are recipients that it refuses; `credential` is the data of n8n's SMTP credential; `next` waits for a number of messages and takes all that have
 *   arrived
 */
export async function startMailServer() {
	const messages = [];
	const refused = new Set();
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth({ username, password }, session, done) {
			const isValid = username === LOGIN.user && password === LOGIN.password;
			done(isValid ? null : new Error('Unknown login'), { user: username });
		},
		onRcptTo({ address }, session, done) {
			done(refused.has(address) ? new Error('Unknown recipient') : null);
		},
		onData(stream, session, done) {
			bytesOf(stream)
				.then(async (bytes) => messages.push(await PostalMime.parse(bytes)))
				.then(() => done(), done);
		},
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.server.address();
	return {
		messages,
		refused,
		credential: { ...LOGIN, host: '127.0.0.1', port, secure: false, disableStartTls: true },
		async next(count, timeoutMs = 30_000) {
			const deadline = Date.now() + timeoutMs;
			while (messages.length < count && Date.now() < deadline) await sleep(POLL_MS);
			if (messages.length < count) {
				throw new Error(`${messages.length} of ${count} emails arrived within ${timeoutMs} ms`);
			}
			return messages.splice(0);
		},
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
