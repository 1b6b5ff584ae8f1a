import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { answer, eventually, linksIn, submitForm } from '../support/answers.mjs';
import { dayFromToday } from '../support/expected.mjs';
import { linkKey } from '../support/testEnvironment.mjs';
import { lacksNode } from '../support/versions.mjs';

const ID = 'samsaraRenewal01';
const SAFETY = 'safety@example.com';
const DRIVER = 'renewal@example.com';
const MISTYPED = 'mistyped@example.com';
const CRYPTO = ['n8n-nodes-base.crypto', 2];
const MAIL_TIMEOUT_MS = 90_000;
const photo = Buffer.from('%PDF-1.4\n% the new card\n');
const day = (days) => dayFromToday(days).slice(0, 10);
const ISSUED = day(0);
const EXPIRES = day(700);

/** A driver renews a card by a link, and safety approves it. */
export function renewalCollection(environment) {
	let driver;
	let card;
	let renewedCard;
	let newCard;
	let unreachable;
	let original;
	let link;

	const activeCards = () =>
		[...environment().sim.state.records.values()].filter(
			({ owner, typeId, recordStatus }) =>
				owner.id === card.owner.id && typeId === card.typeId && recordStatus === 'active',
		);

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...CRYPTO);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	/** What a browser sends for a link: its parameters are in hidden elements. */
	async function submit(url, changes = {}) {
		const { origin, pathname, searchParams } = new URL(url);
		const dates = { issued: ISSUED, expires: EXPIRES };
		const input = { ...Object.fromEntries(searchParams), ...dates, ...changes };
		return (
			await submitForm(origin + pathname, [
				input.record,
				input.until,
				input.signature,
				input.issued,
				input.expires,
				{ name: 'card.pdf', type: 'application/pdf', content: photo },
			])
		).text;
	}

	/** A link as the workflow signs it, which can be used until a date. */
	function linkUntil(until) {
		const url = new URL(link);
		const signature = createHmac('sha256', linkKey.hmacSecret).update(`${card.id} ${until}`);
		url.searchParams.set('until', until);
		url.searchParams.set('signature', signature.digest('hex'));
		return url.href;
	}

	/** The email with the photo, and the one that asks for the decision. */
	async function nextQuestion() {
		const mails = await environment().mail.next(2);
		const [shown, question] = mails;
		assert.deepEqual(
			mails.map(({ to }) => to[0].address),
			[SAFETY, SAFETY],
		);
		assert.ok(Buffer.from(shown.attachments[0].content).equals(photo));
		assert.ok(shown.text.includes(`Expires on: ${EXPIRES}`), shown.text);
		assert.equal(question.subject, `Approve the new Medical Card of ${driver.name}?`);
		await waiting();
		return question;
	}

	async function waiting() {
		await eventually('the approval waits', async () => {
			const executions = await environment().rest.executions(ID);
			return executions.every(({ status }) => !['running', 'new'].includes(status));
		});
	}

	/** Medical cards of active drivers who have no other one. */
	function singleCards() {
		const { drivers, qualificationTypes, records } = environment().sim.state;
		const cards = [...records.values()].filter(
			({ typeId }) => qualificationTypes.get(typeId).name === 'Medical Card',
		);
		return cards.filter(
			({ owner, recordStatus }) =>
				recordStatus === 'active' &&
				drivers.get(owner.id)?.driverActivationStatus === 'active' &&
				cards.filter((other) => other.owner.id === owner.id).length === 1,
		);
	}

	function expire(record, days) {
		record.expirationDate = dayFromToday(days);
		environment().sim.state.change(record, new Date());
	}

	before(() => {
		const { state } = environment().sim;
		const cards = singleCards().slice(0, 3);
		[card, renewedCard, unreachable] = cards;
		original = cards.map((one) => {
			const { details } = state.drivers.get(one.owner.id);
			return { card: one, date: one.expirationDate, details, email: details.email };
		});
		driver = state.drivers.get(card.owner.id);
		driver.details.email = DRIVER;
		state.drivers.get(unreachable.owner.id).details.email = MISTYPED;
		for (const one of cards) expire(one, 100);
		newCard = { ...renewedCard, id: state.newUuid(), externalIds: {}, issueDate: dayFromToday(-1) };
		expire(newCard, 500);
	});

	after(async () => {
		const { mail, rest, sim } = environment();
		await rest.unpublish(ID);
		mail.refused.clear();
		for (const { card: one, date, details, email } of original) {
			one.expirationDate = date;
			if (email === undefined) delete details.email;
			else details.email = email;
		}
		sim.state.records.delete(newCard.id);
	});

	test('Renewal: the driver gets a link when a card expires soon, even if another has a wrong address', async (context) => {
		if (await skip(context)) return;
		const { mail, rest, sim } = environment();
		await rest.publish(ID);
		mail.refused.add(MISTYPED);
		expire(unreachable, 29);
		// Nobody is asked for a card of which Samsara has a newer one.
		expire(renewedCard, 29);
		expire(card, 29);
		const mails = await mail.next(2, MAIL_TIMEOUT_MS);
		assert.deepEqual(mails.map(({ to }) => to[0].address).sort(), [DRIVER, SAFETY].sort());
		const [notice, request] = mails.sort(({ to: [one] }) => (one.address === SAFETY ? -1 : 1));
		const { name } = sim.state.drivers.get(unreachable.owner.id);
		assert.equal(
			notice.subject,
			`Medical Card of ${name} expires on ${day(29)}, and the driver could not be reached`,
		);
		assert.ok(notice.text.includes(MISTYPED), notice.text);
		assert.equal(
			request.subject,
			`Your Medical Card expires on ${day(29)}: please send in the new one`,
		);
		[link] = linksIn(request);
		const page = await http.get(link, { responseType: 'text' });
		assert.equal(page.status, 200);
		assert.ok(page.data.includes(card.id), 'the form knows the record');
	});

	test('Renewal: a link opens only its own record, and only until it expires', async (context) => {
		if (await skip(context)) return;
		const { mail, sim } = environment();
		const other = [...sim.state.records.values()].find(
			({ recordStatus, id }) => recordStatus === 'active' && id !== card.id,
		);
		for (const change of [
			{ record: other.id },
			{ until: day(365) },
			{ signature: '' },
			{ record: '', until: '', signature: '' },
		]) {
			assert.match(await submit(link, change), /This link is not valid/, JSON.stringify(change));
		}
		assert.match(await submit(link, { expires: day(20) }), /is valid until .* must expire later/);
		const future = await submit(link, { issued: day(1) });
		assert.match(future, new RegExp(`Nothing was sent .*${day(1)} .* is in the future`));
		await waiting();
		assert.equal(mail.messages.length, 0);
		assert.equal(card.expirationDate, dayFromToday(29));
	});

	test('Renewal: safety sends it back with a reason and a new link', async (context) => {
		if (await skip(context)) return;
		assert.match(await submit(linkUntil(day(-1))), /This link is not valid/);
		const lastDay = linkUntil(day(0));
		assert.match(await submit(lastDay), /Thank you .*when it has been checked/);
		const question = await nextQuestion();
		assert.equal(card.expirationDate, dayFromToday(29), 'nothing changes before the approval');
		assert.equal(await answer(question, ['Send back', 'The date cannot be read']), 200);
		const [sentBack] = await environment().mail.next(1);
		assert.equal(sentBack.to[0].address, DRIVER);
		assert.ok(sentBack.text.includes('The date cannot be read'), sentBack.text);
		assert.deepEqual(linksIn(sentBack), [linkUntil(day(30))]);
		await waiting();
		assert.equal(card.expirationDate, dayFromToday(29));
	});

	test('Renewal: after the approval, the record has the new date and the photo, once', async (context) => {
		if (await skip(context)) return;
		const { mail, sim } = environment();
		assert.match(await submit(link), /Thank you/);
		const first = await nextQuestion();
		assert.match(await submit(link), /Thank you/);
		const second = await nextQuestion();

		// The questions are still open after a restart.
		await environment().stopN8n();
		await environment().startN8n();
		assert.equal(await answer(first, ['Approve', '']), 200);
		const [confirmation] = await mail.next(1);
		assert.equal(confirmation.to[0].address, DRIVER);
		assert.equal(confirmation.subject, 'Your new Medical Card is approved');
		assert.match(confirmation.text, /,\s+Your new Medical Card is in Samsara\./);
		await waiting();

		const check = async () => {
			const [record, ...others] = activeCards();
			assert.equal(others.length, 0);
			assert.equal(record.id, card.id);
			const dates = [record.issueDate, record.expirationDate].map((date) => date.slice(0, 10));
			assert.deepEqual(dates, [ISSUED, EXPIRES]);
			const headers = { authorization: `Bearer ${sim.token}` };
			const bytes = await eventually('the file is processed', async () => {
				const { data } = await http.get(`${sim.url}/qualification-records?ids=${record.id}`, {
					headers,
				});
				const { mediaList } = data.data[0].fields.find(({ label }) => label === 'Scan');
				const [file] = mediaList;
				if (file.processingStatus === 'processing') return undefined;
				assert.equal(mediaList.length, 1);
				return (await http.get(file.url, { responseType: 'arraybuffer' })).data;
			});
			assert.ok(bytes.equals(photo));
		};
		await check();

		// The second approval of the same card changes nothing. Safety is told, and the driver is not.
		const { updatedAtTime } = activeCards()[0];
		assert.equal(await answer(second, ['Approve', '']), 200);
		const [notice] = await mail.next(1);
		assert.equal(notice.to[0].address, SAFETY);
		assert.equal(notice.subject, `Nothing changed: new Medical Card of ${driver.name}`);
		await waiting();
		assert.equal(mail.messages.length, 0);
		assert.equal(activeCards()[0].updatedAtTime, updatedAtTime);
		await check();

		assert.match(await submit(link), /Nothing was sent/);
		const executions = await environment().rest.executions(ID);
		const statuses = new Set(executions.map(({ status }) => status));
		// Without a browser, a form waits for its last page to be closed.
		assert.deepEqual([...statuses.difference(new Set(['success', 'waiting']))], []);
	});

	test('Renewal: safety is told if the driver has no email address', async (context) => {
		if (await skip(context)) return;
		const { mail } = environment();
		delete driver.details.email;
		expire(card, 13);
		const [notice] = await mail.next(1, MAIL_TIMEOUT_MS);
		assert.equal(notice.to[0].address, SAFETY);
		assert.match(notice.subject, /and the driver has no email address$/);
	});
}
