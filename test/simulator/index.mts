import type { AddressInfo } from 'node:net';

import { controlServer } from './control.mts';
import { Faults } from './faults.mts';
import { RateLimiter } from './limits.mts';
import { MediaStore } from './media.mts';
import { OAuth } from './oauth.mts';
import { Cursors } from './pages.mts';
import type { RecordedRequest } from './recorder.mts';
import { Recorder } from './recorder.mts';
import { seedFleet } from './seed/index.mts';
import { apiServer } from './server.mts';
import type { Settings, SimulatorOptions } from './settings.mts';
import { settingsFrom } from './settings.mts';
import { State } from './state.mts';
import { Timers } from './timers.mts';

export { OAUTH_APP } from './oauth.mts';
export type { Fault, FaultKind } from './faults.mts';
export type { RecordedRequest } from './recorder.mts';
export type { Settings, SimulatorOptions } from './settings.mts';
export type { State } from './state.mts';
export type * from './types.mts';

/** A running simulator. `url` is the API, `controlUrl` the control server and media host. */
export interface Simulator {
	url: string;
	controlUrl: string;
	/** The currently accepted token, which is a setting. */
	readonly token: string;
	/** The live data of the organization, which tests can read and change. */
	state: State;
	/** The live files of media and signature fields. */
	media: MediaStore;
	/** All API requests so far, in order of arrival. */
	requests: RecordedRequest[];
	/** All downloads from the media host so far. */
	mediaRequests: RecordedRequest[];
	faults: Faults;
	/** The connections of OAuth 2.0 apps. */
	oauth: OAuth;
	/** The options that can be changed while the simulator runs. */
	settings: Settings;
	/** Clears the requests, faults and rate limit counters, but keeps the state. */
	reset(): void;
	/** Ends all waits and connections and stops the servers. */
	close(): Promise<void>;
}

/**
 * Starts a simulated Samsara organization on 127.0.0.1.
 * @throws if a requested port is in use
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const settings = settingsFrom(options);
	const state = new State();
	const media = new MediaStore(settings);
	const backend = { state, settings, media, cursors: new Cursors() };
	if (options.seed !== 'empty') seedFleet(backend, options);

	const recorder = new Recorder();
	const mediaRecorder = new Recorder();
	const faults = new Faults();
	const oauth = new OAuth(settings);
	const timers = new Timers();
	const limiter = new RateLimiter(() => settings.clockSpeed);
	const dependencies = { backend, recorder, faults, limiter, oauth, timers };
	const api = apiServer(dependencies);
	const control = controlServer(dependencies, mediaRecorder);
	const close = async () => {
		timers.close();
		await Promise.all([api.close(), control.close()]);
	};
	try {
		await Promise.all([
			api.listen({ port: options.port ?? 0, host: '127.0.0.1' }),
			control.listen({ port: options.controlPort ?? 0, host: '127.0.0.1' }),
		]);
	} catch (error) {
		await close();
		throw error;
	}
	media.origin = origin(control.server.address());
	return {
		url: origin(api.server.address()),
		controlUrl: media.origin,
		get token() {
			return settings.token;
		},
		state,
		media,
		requests: recorder.requests,
		mediaRequests: mediaRecorder.requests,
		faults,
		oauth,
		settings,
		reset() {
			recorder.clear();
			mediaRecorder.clear();
			faults.clear();
			limiter.clear();
		},
		close,
	};
}

function origin(address: AddressInfo | string | null): string {
	return `http://127.0.0.1:${(address as AddressInfo).port}`;
}
