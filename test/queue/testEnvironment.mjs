import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { importCredentials } from '../../scripts/lib/n8nCli.mjs';
import { ensureN8n } from '../../scripts/lib/n8nHost.mjs';
import { N8nRest } from '../../scripts/lib/n8nRest.mjs';
import { startServer, startWorker } from '../../scripts/lib/n8nServer.mjs';
import { installNode } from '../../scripts/lib/packNode.mjs';
import { hostFolder } from '../../scripts/lib/paths.mjs';
import { startRedis } from '../../scripts/lib/redis.mjs';
import { OAUTH_APP, startSimulator } from '../simulator/index.mts';

const EXPIRY_MS = 2_500;
const WORKERS = ['worker 1', 'worker 2'];

/**
 * n8n in queue mode (the main process, two workers and Redis) and a simulated Samsara that enforces its rate limits.
 * n8n recommends PostgreSQL for queue mode and warns about SQLite, but SQLite is enough for two executions.
 */
export class QueueTestEnvironment {
	/** @type {Awaited<ReturnType<typeof startWorker>>[]} */
	workers = [];

	async start() {
		this.host = await ensureN8n();
		this.userFolder = join(hostFolder, 'queue');
		const { host, userFolder } = this;
		rmSync(userFolder, { recursive: true, force: true });
		mkdirSync(userFolder, { recursive: true });
		await installNode(userFolder);
		this.sim = await startSimulator({ records: 0, rateLimits: true });
		this.redis = await startRedis();
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
		};
		this.server = await startServer(host, { userFolder, env });
		this.rest = new N8nRest(this.server.url);
		await this.rest.login();
		for (const name of WORKERS) {
			this.workers.push(await startWorker(host, { userFolder, name, env }));
		}
	}

	/** Connects an OAuth2 credential, whose access tokens expire again and again, in place of the API token. */
	async connect() {
		const { sim, host, userFolder } = this;
		Object.assign(sim.settings, { rateLimits: false, latencyMs: 200, refreshTokenReuse: 'revoke' });
		const oauthTokenData = sim.oauth.connect();
		const data = { ...OAUTH_APP, region: 'custom', baseUrl: sim.url, oauthTokenData };
		const reference = { id: 'samsaraOAuth2', name: 'Shared connection' };
		await importCredentials(host, userFolder, [{ ...reference, type: 'samsaraOAuth2Api', data }]);
		this.connection = { samsaraOAuth2Api: reference };
		this.expiry = setInterval(() => sim.oauth.expireAccessTokens(), EXPIRY_MS);
	}

	/** Creates the credential of the simulated account, and returns the reference that nodes use. */
	async credential() {
		if (this.connection) return this.connection;
		const data = { apiToken: this.sim.token, region: 'custom', baseUrl: this.sim.url };
		const { id, name } = await this.rest.createCredential({
			name: 'Shared account',
			type: 'samsaraApi',
			data,
		});
		return { samsaraApi: { id, name } };
	}

	/** The number of executions that each worker has run. */
	executionsPerWorker() {
		return this.workers.map(({ log }) => log().match(/Worker started execution/g)?.length ?? 0);
	}

	async close() {
		clearInterval(this.expiry);
		await Promise.all(this.workers.map((worker) => worker.stop()));
		await this.server?.stop();
		await this.redis?.stop();
		await this.sim?.close();
	}
}
