/** @param {number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `1.5 s` */
export const asSeconds = (value) => `${value.toFixed(value < 10 ? 2 : 1)} s`;

/** `1,000` */
export const asCount = (value) => value.toLocaleString('en-US');

/** `0.75` */
export const asRatio = (value) => value.toFixed(2);

/** The variants in a different order each time, so that no variant always runs first. */
export function rotated(variants, times) {
	const index = times % variants.length;
	return [...variants.slice(index), ...variants.slice(0, index)];
}
