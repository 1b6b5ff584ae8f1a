const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Whether the text is a calendar date `YYYY-MM-DD` that exists. */
export function isDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether the text is an RFC 3339 date-time, fraction and zone allowed, of a day that exists. */
export function isDateTime(text: string): boolean {
	const match = DATE_TIME.exec(text);
	return match !== null && isDate(match[1]) && !Number.isNaN(Date.parse(text));
}

/** The instant in UTC as the API prints it: milliseconds only where there are some. */
export function utc(time: string | number | Date): string {
	return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Orders two RFC 3339 times; texts of one form and length compare without being parsed. */
export function compareTimes(left: string, right: string): number {
	if (left === right) return 0;
	if (left.length === right.length && left.endsWith('Z') && right.endsWith('Z')) {
		return left < right ? -1 : 1;
	}
	return Date.parse(left) - Date.parse(right);
}
