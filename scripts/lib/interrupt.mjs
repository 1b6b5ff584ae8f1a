const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const ORPHAN_CHECK_MS = 500;

// Loaded when it is needed: setup runs before its package is there.
async function stopProcesses() {
	const { stopAll } = await import('./process.mjs');
	await stopAll();
}

/**
 * Ends our children, then ourselves, when somebody interrupts us. npm hands a signal to its shell
 * only, which does not pass it on: under npm a lost parent counts as an interrupt too.
 *
 * @param {() => Promise<void>} [stopChildren]
 * @returns {{ interrupted: boolean }} tells whether that is happening
 */
export function stopOnInterrupt(stopChildren = stopProcesses) {
	const state = { interrupted: false };
	const end = async (exitCode) => {
		if (state.interrupted) return;
		state.interrupted = true;
		await stopChildren();
		process.exit(exitCode);
	};
	for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
		process.on(signal, () => void end(exitCode));
	}
	if (process.env.npm_lifecycle_event) {
		const parent = process.ppid;
		const check = () => process.ppid !== parent && void end(EXIT_CODES.SIGTERM);
		setInterval(check, ORPHAN_CHECK_MS).unref();
	}
	return state;
}
