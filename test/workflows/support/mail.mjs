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
 * A mail server on loopback that asks for a login and keeps what it gets.
 *
 * @returns {Promise<{
 *   messages: import('postal-mime').Email[],
 *   credential: Record<string, unknown>,
 *   next: (count: number, patienceMs?: number) => Promise<import('postal-mime').Email[]>,
 *   close: () => Promise<void>,
 * }>} `credential` is the data of n8n's SMTP credential; `next` waits until so many messages are
 *   there, and takes all that are
 */
export async function startMailServer() {
	const messages = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth({ username, password }, session, done) {
			const isKnown = username === LOGIN.user && password === LOGIN.password;
			done(isKnown ? null : new Error('Unknown login'), { user: username });
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
		credential: { ...LOGIN, host: '127.0.0.1', port, secure: false, disableStartTls: true },
		async next(count, patienceMs = 30_000) {
			const deadline = Date.now() + patienceMs;
			while (messages.length < count && Date.now() < deadline) await sleep(POLL_MS);
			if (messages.length < count) {
				throw new Error(`${messages.length} of ${count} mails came within ${patienceMs} ms`);
			}
			return messages.splice(0);
		},
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
