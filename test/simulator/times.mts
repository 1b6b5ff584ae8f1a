const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Whether the text is an existing date `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether the text is an RFC 3339 date-time of an existing date, with any fraction and offset. */
export function isDateTime(text: string): boolean {
	const match = DATE_TIME.exec(text);
	return match !== null && isDate(match[1]) && !Number.isNaN(Date.parse(text));
}

/** The time in UTC in the API's format, which omits zero milliseconds. */
export function utc(time: string | number | Date): string {
	return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Compares two RFC 3339 times. UTC times of the same length are compared as strings. */
export function compareTimes(left: string, right: string): number {
	if (left === right) return 0;
	if (left.length === right.length && left.endsWith('Z') && right.endsWith('Z')) {
		return left < right ? -1 : 1;
	}
	return Date.parse(left) - Date.parse(right);
}
