import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ensureUnpacked } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';

/** Runs n8n's verification scanner on a folder, prints the result and returns whether it found nothing. */
async function scan(what, folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	// If no file matches, the scanner passes with a message. We count that as a failure.
	const isClean = passed && message === undefined;
	console.log(`Scan of the ${what}: ${isClean ? 'no problems found' : message}`);
	if (details) console.log(details);
	return isClean;
}

const source = await scan('source', root, SOURCE_FILE_PATTERNS);
const tarball = await scan('tarball', await ensureUnpacked(), ['**/*.js', 'package.json']);
process.exit(source && tarball ? 0 : 1);
