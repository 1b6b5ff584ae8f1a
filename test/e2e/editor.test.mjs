import { after, afterEach, before, describe } from 'node:test';
import { attributes } from './suites/attributes.mjs';
import { credential } from './suites/credential.mjs';
import { forms } from './suites/forms.mjs';
import { record } from './suites/record.mjs';
import { trigger } from './suites/trigger.mjs';
import { World } from './support/world.mjs';

// One n8n and one browser for all; the tests build on one another, as a person's first hour does.
describe('In the editor', { timeout: 900_000 }, () => {
	let running;
	const world = () => running;
	before(async () => {
		running = await World.start();
	});
	afterEach(async (context) => {
		if (context.passed) return;
		context.diagnostic(`What was to be seen: ${await running.keepPicture(context.name)}`);
	});
	after(async () => await running?.close());

	credential(world);
	record(world);
	attributes(world);
	forms(world);
	trigger(world);
});
