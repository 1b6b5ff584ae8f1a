import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command of a folder of its own, against an account. */
export class Command {
	private readonly folder = mkdtempSync(join(tmpdir(), 'check-live-'));

	private readonly env: Record<string, string>;

	constructor({ url, token }: { url: string; token: string }) {
		this.env = {
			CHECK_LIVE_FOLDER: this.folder,
			SAMSARA_API_TOKEN: token,
			SAMSARA_REGION: url,
		};
	}

	/**
	 * Runs the command.
	 *
	 * @param signal is sent once the output matches `when`
	 */
	async run(
		args: string[] = [],
		{ signal, when }: { signal?: 'SIGINT' | 'SIGKILL'; when?: RegExp } = {},
	) {
		const script = join('scripts', 'check-live.mjs');
		const child = spawn(process.execPath, [script, ...args], {
			env: { ...process.env, ...this.env },
		});
		let output = '';
		let isSent = false;
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				output += text;
				if (isSent || !signal || !when?.test(output)) return;
				isSent = true;
				child.kill(signal);
			});
		}
		const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
		return { code, output };
	}

	get report(): string {
		return readFileSync(join(this.folder, 'check-live-report.md'), 'utf8');
	}

	close(): void {
		rmSync(this.folder, { recursive: true });
	}
}
