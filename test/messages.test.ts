import { refusals } from './docs/messages.mts';

test('every refusal says what is wrong, and in whole sentences what to do', () => {
	expect(refusals.length).toBeGreaterThan(60);
	const odd = refusals.filter(
		({ messages, descriptions }) =>
			!messages.every((text) => /^['…A-Z].*[^.]$/.test(text)) ||
			!descriptions.every((text) => /^['…A-Z].*\.$/.test(text)),
	);
	expect(odd).toEqual([]);
});

test('no refusal blames anyone, or shows how the node is built', () => {
	const jargon =
		/\b(errors?|problems?|failures?|mistakes?|undefined|null|NaN|parameters?)\b|\/fleet\/|\{id\}/i;
	const odd = refusals.filter(({ messages, descriptions }) =>
		[...messages, ...descriptions].some((text) => jargon.test(text)),
	);
	expect(odd).toEqual([]);
});
