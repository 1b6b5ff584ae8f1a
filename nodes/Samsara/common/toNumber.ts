/** A decimal number. Other notations that JavaScript accepts, such as `0x10` and `Infinity`, are probably typos. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Converts a finite number, or text that contains one, to a number, and anything else to NaN. Never throws. */
export function toNumber(value: unknown): number {
	const isNumeric =
		typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value.trim()));
	const number = isNumeric ? Number(value) : NaN;
	return Number.isFinite(number) ? number : NaN;
}
