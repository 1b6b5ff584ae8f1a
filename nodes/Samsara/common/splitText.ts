/**
 * Splits text at line breaks and commas. A piece with commas stays whole if it is a value itself; the longest one counts.
 * Pieces are trimmed; empty ones are left out.
 *
 * @param isValue whether a text, comma included, is one value
 */
export function splitText(text: string, isValue: (text: string) => boolean): string[] {
	return text.split(/\r?\n/).flatMap((line) => {
		const parts = line.split(',');
		const pieces: string[] = [];
		for (let from = 0; from < parts.length; ) {
			let to = parts.length;
			while (to > from + 1 && !isValue(parts.slice(from, to).join(',').trim())) to--;
			pieces.push(parts.slice(from, to).join(',').trim());
			from = to;
		}
		return pieces.filter((piece) => piece !== '');
	});
}
