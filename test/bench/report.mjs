import { cpus, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { table } from '../../scripts/lib/table.mjs';

const COLUMNS = {
	what: 'What',
	goal: 'Goal',
	ours: 'Samsara node',
	theirs: 'Compared with',
	ratio: 'Ratio',
	met: 'Met',
	runs: 'Runs',
};

const shown = (finding) => ({
	...finding,
	ratio: finding.ratio ?? '',
	met: finding.met === undefined ? '' : finding.met ? 'yes' : 'no',
});

/** Findings for the terminal. */
export function rows(findings) {
	return table(findings.map(shown), COLUMNS);
}

/** The report for the terminal. */
export function plainText({ findings, loads, notes }) {
	return [rows(findings), '', ...notes, loadLine(loads)].join('\n');
}

/** The report for BENCHMARKS.md. */
export function markdown({ findings, loads, notes, version }) {
	const members = Object.keys(COLUMNS);
	const line = (row) => `| ${members.map((member) => row[member]).join(' | ')} |`;
	const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const missed = findings.filter(({ met }) => met === false);
	const verdict =
		missed.length === 0
			? 'Every goal was met.'
			: `Missed: ${missed.map(({ what }) => what).join('; ')}.`;
	return `# Benchmarks

This page compares our node with n8n's own HTTP Request node. Both used the same credential in a real n8n ${version}, against the simulated
Samsara in test/simulator, in the same run. \`npm run bench\` measures again and writes this file. With \`-- --quick\`, it makes each
measurement once.

- Date: ${new Date().toISOString().slice(0, 10)}
- ${own.name} ${own.version}, n8n ${version}, Node ${process.versions.node}
- ${cpus().length} processors (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB
- ${loadLine(loads)}

${line(COLUMNS)}
${line(Object.fromEntries(members.map((member) => [member, '---'])))}
${findings.map((finding) => line(shown(finding))).join('\n')}

${verdict} Figures are medians of the runs in the last column. Where no rate limit applies, our node runs with Rate Limit
'As Fast as Samsara Allows' and Concurrency 20. The creates run with its defaults.

${notes.map((note) => `- ${note}`).join('\n')}
`;
}

function loadLine(loads) {
	const [least, most] = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1));
	return `Load of the machine between the measurements (1-minute average): ${least} to ${most}.`;
}
