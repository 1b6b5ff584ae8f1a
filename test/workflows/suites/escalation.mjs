import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dayFromToday, daysUntil, expectedCompliance } from '../support/expected.mjs';
import { lacksNode } from '../support/versions.mjs';

const ID = 'samsaraEscalate1';
const TYPES = ['Driver License', 'Medical Card'];
const SAFETY = 'safety@example.com';
const MANAGERS = {
	'North Depot': 'north.manager@example.com',
	'South Depot': 'south.manager@example.com',
};
const DATA_TABLE = ['n8n-nodes-base.dataTable', 1.1];

const when = (days, date) => {
	if (days < 0) return `expired on ${date}`;
	if (days < 2) return `expires ${days === 0 ? 'today' : 'tomorrow'}, ${date}`;
	return `expires in ${days} days, on ${date}`;
};

/** Who is told at which number of days, and that renewals stop it. */
export function escalation(environment) {
	let emails;
	let dates;
	/** Of the last run, by recipient. */
	let subjects;

	const driverNamed = (name) =>
		[...environment().sim.state.drivers.values()].find((driver) => driver.name === name);

	const tagsOf = ({ tagIds }) => tagIds.map((id) => environment().sim.state.tags.get(id).name);

	function recipients(driver, days) {
		const managers = tagsOf(driver).flatMap((tag) => MANAGERS[tag] ?? []);
		if (days <= 7) return [SAFETY];
		if (days > 14 && driver.details.email) return [driver.details.email];
		return managers.length > 0 ? managers : [SAFETY];
	}

	/** The lines that everyone must get, by recipient. */
	function expectedLines() {
		const lines = {};
		for (const row of expectedCompliance(environment().sim, TYPES, 60)) {
			if (row.Status === 'missing') continue;
			const driver = driverNamed(row.Driver);
			const days = Number(row['Days Left']);
			const line = `- ${row.Qualification} of ${row.Driver} ${when(days, row.Expires)}`;
			const note = days > 14 && !driver.details.email;
			for (const to of recipients(driver, days)) {
				(lines[to] ??= []).push(
					note ? `${line} (Samsara has no email address for this driver)` : line,
				);
			}
		}
		return sorted(lines);
	}

	const sorted = (lines) =>
		Object.fromEntries(
			Object.entries(lines)
				.map(([to, list]) => [to, list.sort()])
				.sort(),
		);

	/** Runs the workflow. @returns the lines that everyone got, by recipient */
	async function run(expectedStatus = 'success') {
		const { mail, rest } = environment();
		const { status, data } = await rest.runWorkflow(ID, 'When Clicking Execute');
		assert.equal(status, expectedStatus, JSON.stringify(data.resultData.error));
		const lines = {};
		subjects = {};
		for (const { to, subject, text } of mail.messages.splice(0)) {
			subjects[to[0].address] = subject;
			assert.equal(lines[to[0].address], undefined, 'one email per person');
			lines[to[0].address] = text.split('\n').filter((line) => line.startsWith('- '));
		}
		return sorted(lines);
	}

	/** The active medical cards of a driver. */
	const cardsOf = ({ id }) =>
		[...environment().sim.state.records.values()].filter(
			({ owner, typeId, recordStatus }) =>
				owner.id === id &&
				recordStatus === 'active' &&
				environment().sim.state.qualificationTypes.get(typeId).name === 'Medical Card',
		);

	/** A driver with an email address and one medical card, of which the driver is told. */
	function toldDriver() {
		const told = expectedCompliance(environment().sim, ['Medical Card'], 60)
			.filter((row) => Number(row['Days Left']) > 14)
			.map(({ Driver }) => driverNamed(Driver))
			.filter((driver) => driver.details.email && cardsOf(driver).length === 1);
		assert.ok(told.length > 0);
		return told[0];
	}

	function expire(card, date) {
		card.expirationDate = date;
		environment().sim.state.change(card, new Date());
	}

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...DATA_TABLE);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	before(() => {
		const { state } = environment().sim;
		const drivers = [...state.drivers.values()];
		emails = drivers.map((driver) => [driver, driver.details.email]);
		drivers.forEach((driver, index) => {
			if (index % 4 !== 0) driver.details.email = `driver${index}@example.com`;
		});
		const soon = drivers
			.flatMap(cardsOf)
			.filter(({ expirationDate }) => expirationDate && daysUntil(expirationDate) === 10);
		dates = soon.map((card) => [card, card.expirationDate]);
		for (const [tag, ...days] of [
			['North Depot', 14],
			['South Depot', 45, 10, 25],
			['Harbor Depot', 0],
		]) {
			const cards = soon.filter(({ owner }) => tagsOf(state.drivers.get(owner.id)).includes(tag));
			cards.forEach((card, index) => expire(card, dayFromToday(days[index % days.length])));
		}
	});
	after(() => {
		for (const [driver, email] of emails ?? []) driver.details.email = email;
		for (const [card, date] of dates ?? []) expire(card, date);
	});

	test('Escalation: drivers, managers, and safety get their messages, in one email each', async (context) => {
		if (await skip(context)) return;
		const expected = expectedLines();
		const { details } = toldDriver();
		environment().mail.refused.add(details.email);
		const refusedLines = expected[details.email];
		const { [details.email]: _, ...others } = expected;
		for (const manager of Object.values(MANAGERS)) assert.ok(manager in others);
		assert.ok(others[SAFETY].some((line) => line.includes(' expired on ')));
		assert.deepEqual(await run('error'), others);

		// Only what was not sent is sent again.
		environment().mail.refused.clear();
		assert.deepEqual(await run(), { [details.email]: refusedLines });
	});

	test('Escalation: sends nothing twice', async (context) => {
		if (await skip(context)) return;
		assert.deepEqual(await run(), {});
	});

	test('Escalation: goes on to the next step, and stops when a card is renewed', async (context) => {
		if (await skip(context)) return;
		const { state } = environment().sim;
		const driver = toldDriver();
		const [card] = cardsOf(driver);
		const { expirationDate } = card;
		expire(card, dayFromToday(5));
		const line = `- Medical Card of ${driver.name} ${when(5, card.expirationDate.slice(0, 10))}`;
		assert.deepEqual(await run(), { [SAFETY]: [line] });

		const renewal = {
			...card,
			id: state.newUuid(),
			externalIds: {},
			issueDate: dayFromToday(-1),
			expirationDate: dayFromToday(700),
		};
		state.change(renewal, new Date());
		expire(card, dayFromToday(-2));
		assert.deepEqual(await run(), {});
		renewal.recordStatus = 'deleted';
		expire(card, expirationDate);
	});

	test('Escalation: tags and names may contain commas, colons, and parentheses', async (context) => {
		if (await skip(context)) return;
		const { rest, sim } = environment();
		const [north, south] = Object.keys(MANAGERS).map((name) =>
			[...sim.state.tags.values()].find((tag) => tag.name === name),
		);
		const driver = [...sim.state.drivers.values()].find(
			({ id, driverActivationStatus, tagIds }) =>
				driverActivationStatus === 'active' &&
				tagIds.includes(north.id) &&
				!tagIds.includes(south.id) &&
				cardsOf({ id }).length === 1,
		);
		const [card] = cardsOf(driver);
		const { name } = driver;
		const { expirationDate } = card;
		context.after(() => {
			[north.name, south.name] = Object.keys(MANAGERS);
			driver.name = name;
			expire(card, expirationDate);
		});

		[north.name, south.name] = ['Portland, OR', 'Depot: South'];
		const [northManager, southManager] = Object.values(MANAGERS);
		const { assignments } = (await rest.getWorkflow(ID)).nodes.find(
			(node) => node.name === 'Settings',
		).parameters.assignments;
		assignments.find((assignment) => assignment.name === 'managers').value =
			`portland, or: ${northManager}\nDepot: South: ${southManager}`;
		await rest.setParameters(ID, 'Settings', { assignments: { assignments } });
		assert.deepEqual(await run(), {}, 'the same managers have got their messages');

		driver.name = 'William (Bill) Jones #2';
		expire(card, dayFromToday(12));
		const line = `- Medical Card of ${driver.name} ${when(12, card.expirationDate.slice(0, 10))}`;
		assert.deepEqual(await run(), { [northManager]: [line] });
		assert.deepEqual(subjects, {
			[northManager]: 'Medical Card of William (Bill) Jones #2 expires in 12 days',
		});
	});
}
