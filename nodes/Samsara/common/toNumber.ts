/** Digits as people write them; what else JavaScript takes for a number (`0x10`, `Infinity`) is a typing error. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** A finite number, or text that is one; NaN for anything else. Never throws, whatever an expression gave. */
export function toNumber(value: unknown): number {
	const isNumeric =
		typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value.trim()));
	const number = isNumeric ? Number(value) : NaN;
	return Number.isFinite(number) ? number : NaN;
}
