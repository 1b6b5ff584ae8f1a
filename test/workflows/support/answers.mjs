import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { http } from '../../../scripts/lib/http.mjs';

const WAIT_MS = 100;
const TRIES = 900;

/** Waits until a check returns a value, and returns it. @param {() => unknown} check may be asynchronous */
export async function eventually(what, check) {
	for (let tries = 0; tries < TRIES; tries++) {
		const value = await check();
		if (value) return value;
		await sleep(WAIT_MS);
	}
	throw new Error(`Not within ${(WAIT_MS * TRIES) / 1000} seconds: ${what}`);
}

/** The addresses that an email links to. @param {import('postal-mime').Email} mail */
export const linksIn = (mail) =>
	[...(mail.html ?? mail.text).matchAll(/https?:\/\/[^"\s<]+/g)].map(([link]) =>
		link.replaceAll('&amp;', '&'),
	);

/**
 * Opens the form behind the button of an email of **Send and Wait**, and sends it.
 *
 * @param {import('postal-mime').Email} mail
 * @param {string[]} values of the elements in their order
 * @returns the status of the response
 */
export async function answer(mail, values) {
	const [link] = linksIn(mail);
	const page = await http.get(link, { responseType: 'text' });
	if (page.status !== 200) return page.status;
	const body = new FormData();
	values.forEach((value, index) => body.set(`field-${index}`, value));
	const { status } = await http.post(link, body);
	return status;
}

/** What a page of a form says, without its markup. @param {string} html */
const pageText = (html) =>
	html
		.replaceAll(/<(style|script)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')
		.replaceAll('&#x27;', "'")
		.replaceAll('&#x3D;', '=')
		.replaceAll('&quot;', '"')
		.replaceAll(/\s+/g, ' ');

/**
 * Sends a form as a browser does, and waits for the page at the end.
 *
 * @param {string} url of the form
 * @param {(string | { name: string, type: string, content: Buffer } | undefined)[]} values of the elements in their order
 * @param {{ username: string, password: string }} [auth]
 * @returns {Promise<{ text: string, html: string }>} that page
 */
export async function submitForm(url, values, auth) {
	const body = new FormData();
	values.forEach((value, index) => {
		if (value === undefined) return;
		if (typeof value === 'string') body.set(`field-${index}`, value);
		else {
			const { name, type, content } = value;
			body.set(`field-${index}`, new Blob([content], { type }), name);
		}
	});
	const { status, data } = await http.post(url, body, { auth });
	assert.equal(status, 200, JSON.stringify(data));
	const html = await endPage(data.formWaitingUrl, auth);
	return { text: pageText(html), html };
}

async function endPage(url, auth) {
	const statusUrl = new URL(url);
	statusUrl.pathname += '/n8n-execution-status';
	await eventually('the form has a page at the end', async () => {
		const { data } = await http.get(statusUrl.href, { auth, responseType: 'text' });
		return !['running', 'waiting'].includes(data);
	});
	return (await http.get(url, { auth, responseType: 'text' })).data;
}

/** The files that the page at the end of a form saves. @param {string} html */
export function filesIn(html) {
	const [, encoded] = /decodeURIComponent\("([^"]+)"\)/.exec(html);
	return JSON.parse(decodeURIComponent(encoded)).map(({ fileName, data }) => ({
		fileName,
		content: data.type === 'Buffer' ? Buffer.from(data.data) : Buffer.from(data, 'latin1'),
	}));
}
