import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A stream of these chunks, in hex. It breaks after the last one if there is an error. */
export function streamOf(chunks: string[], error?: Error): Readable {
	return Readable.from(
		(async function* () {
			for (const chunk of chunks) yield Buffer.from(chunk, 'hex');
			if (error) throw error;
		})(),
		{ objectMode: false },
	);
}

/** The bytes of a stream in hex. */
export async function hexOf(stream: Readable): Promise<string> {
	return (await buffer(stream)).toString('hex');
}
