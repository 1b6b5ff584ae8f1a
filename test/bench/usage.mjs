import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execaSync } from 'execa';

const TICKS_PER_SECOND = Number(execaSync('getconf', ['CLK_TCK']).stdout);
const IDLE_SECONDS = 0.1;
const IDLE_TIMEOUT_MS = 20_000;

/** CPU seconds that a process has used so far, in all its threads. */
export function cpuSeconds(pid) {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The second field is the name in parentheses, which may contain spaces.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [user, system] = [Number(fields[11]), Number(fields[12])];
	return (user + system) / TICKS_PER_SECOND;
}

/** Peak resident memory of a process in MB. */
export function peakMegabytes(pid) {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Number(kilobytes) / 1024;
}

/** Waits until a process that has just started is idle, for 20 s at most. */
export async function waitUntilIdle(pid) {
	const deadline = Date.now() + IDLE_TIMEOUT_MS;
	for (let previous = cpuSeconds(pid); Date.now() < deadline; ) {
		await sleep(1000);
		const now = cpuSeconds(pid);
		if (now - previous < IDLE_SECONDS) return;
		previous = now;
	}
}
