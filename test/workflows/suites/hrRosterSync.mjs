import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, eventually } from '../support/answers.mjs';
import { parseTable } from '../support/html.mjs';
import { lacksNode } from '../support/versions.mjs';
import { readyMade } from '../support/workflowSets.mjs';

const ID = 'samsaraRoster001';
const NIGHT = 'Every Night at 3 a.m.';
const CRYPTO = ['n8n-nodes-base.crypto', 2];

const kim = {
	payrollId: 'NH-3001',
	name: 'Kim <K> Castillo',
	username: 'kim.castillo.hr',
	phone: '5552228803',
	'Home Terminal': 'Portland Hub',
	'Hire Date': '2026-11-02',
};

/** The roster that HR's system returns, and what it does to the drivers. */
export function hrRosterSync(environment) {
	let original;
	const drivers = () => [...environment().sim.state.drivers.values()];
	const byPayroll = (number) =>
		drivers().find(({ externalIds }) => externalIds.payrollId === number);
	const terminalOf = (driver) => {
		const { state } = environment().sim;
		const terminal = [...state.attributes.values()].find(({ name }) => name === 'Home Terminal');
		return driver.attributes.find(({ attributeId }) => attributeId === terminal.id)
			?.stringValues[0];
	};
	/** All that the workflow could change. */
	const snapshot = () =>
		JSON.stringify(
			drivers().map(({ updatedAtTime, ...driver }) => driver),
			(key, value) => value ?? null,
		);
	const writes = () =>
		environment().sim.requests.filter(({ method }) => ['POST', 'PATCH'].includes(method)).length;

	/** A roster that agrees with Samsara. */
	function sameRoster() {
		return drivers()
			.filter(
				({ driverActivationStatus, externalIds }) =>
					driverActivationStatus === 'active' && externalIds.payrollId,
			)
			.map((driver) => ({
				payrollId: driver.externalIds.payrollId,
				name: driver.name,
				phone: driver.details.phone?.replace(/^(\d{3})(\d{3})/, '($1) $2-') ?? '',
				'Home Terminal': terminalOf(driver) ?? '',
			}));
	}

	async function run(trigger, id = ID) {
		const execution = await environment().rest.runWorkflow(id, trigger);
		assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error));
		return execution.data.resultData.runData;
	}

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...CRYPTO);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	/** The first four people of the roster: changed, moved, left, and never touched. */
	const people = () => sameRoster().slice(0, 4);

	before(() => (original = structuredClone([...environment().sim.state.drivers])));
	after(() => {
		const { state } = environment().sim;
		state.drivers.clear();
		for (const [id, driver] of original) state.drivers.set(id, driver);
		state.reindex();
	});

	test('Roster sync: the preview shows what the nightly run would do, and changes nothing', async (context) => {
		if (await skip(context)) return;
		const { hr, rest } = environment();
		const [changed, moved, leaver, protectedLeaver] = people();
		hr.employees = [kim, ...sameRoster()].filter(
			({ payrollId }) => ![leaver.payrollId, protectedLeaver.payrollId].includes(payrollId),
		);
		Object.assign(
			hr.employees.find(({ payrollId }) => payrollId === changed.payrollId),
			{ phone: '5550000001' },
		);
		Object.assign(
			hr.employees.find(({ payrollId }) => payrollId === moved.payrollId),
			{ 'Home Terminal': 'Boise Yard' },
		);
		await rest.setParameters(ID, 'Settings', {
			assignments: {
				assignments: (await rest.getWorkflow(ID)).nodes
					.find(({ name }) => name === 'Settings')
					.parameters.assignments.assignments.map((assignment) =>
						assignment.name === 'neverTouch'
							? { ...assignment, value: `somebody, ${protectedLeaver.payrollId.toLowerCase()}` }
							: assignment,
					),
			},
		});
		const before = snapshot();
		const requests = writes();
		const runData = await run('Preview');
		const rows = runData['What Would Change'][0].data.main[0].map(({ json }) => json);
		assert.deepEqual(rows.map(({ action, payrollNumber }) => `${action} ${payrollNumber}`).sort(), [
			`create ${kim.payrollId}`,
			`deactivate ${leaver.payrollId}`,
			...[`update ${changed.payrollId}`, `update ${moved.payrollId}`].sort(),
		]);
		assert.match(
			rows.find(({ payrollNumber }) => payrollNumber === changed.payrollId).changes,
			/^phone: \d+ → 5550000001$/,
		);
		assert.equal(snapshot(), before);
		assert.equal(writes(), requests);
		assert.equal(environment().mail.messages.length, 0);
	});

	test('Roster sync: the nightly run creates, updates, and deactivates, and reports what it did', async (context) => {
		if (await skip(context)) return;
		const { hr, mail } = environment();
		const [changed, moved, leaver, protectedLeaver] = people();
		const { length } = drivers();
		await run(NIGHT);

		assert.equal(drivers().length, length + 1);
		const created = byPayroll(kim.payrollId);
		assert.deepEqual(
			[created.name, created.username, created.details.phone, terminalOf(created)],
			[kim.name, kim.username, kim.phone, kim['Home Terminal']],
		);
		assert.equal(byPayroll(changed.payrollId).details.phone, '5550000001');
		assert.equal(byPayroll(changed.payrollId).name, changed.name);
		assert.equal(terminalOf(byPayroll(moved.payrollId)), 'Boise Yard');
		assert.equal(byPayroll(leaver.payrollId).driverActivationStatus, 'deactivated');
		assert.equal(byPayroll(protectedLeaver.payrollId).driverActivationStatus, 'active');

		const [report] = await mail.next(1);
		assert.match(report.subject, /: 4 done, 0 not done$/);
		assert.deepEqual(
			parseTable(report.html)
				.map((row) => `${row.Action} ${row['Payroll Number']} ${row.Driver} ${row.Result}`)
				.sort(),
			[
				`create ${kim.payrollId} Kim <K> Castillo Done`,
				`deactivate ${leaver.payrollId} ${leaver.name} Done`,
				`update ${changed.payrollId} ${changed.name} Done`,
				`update ${moved.payrollId} ${moved.name} Done`,
			].sort(),
		);
		assert.ok(hr.employees.length > 10);
	});

	test('Roster sync: the next run changes nothing and sends nothing', async (context) => {
		if (await skip(context)) return;
		const before = snapshot();
		const requests = writes();
		await run(NIGHT);
		assert.equal(snapshot(), before);
		assert.equal(writes(), requests);
		assert.equal(environment().mail.messages.length, 0);
	});

	test('Roster sync: what cannot be done is reported, and the rest is done', async (context) => {
		if (await skip(context)) return;
		const { hr, mail } = environment();
		const roster = structuredClone(hr.employees);
		const [taken] = people();
		const leaver = hr.employees.at(-1);
		const { username } = byPayroll(taken.payrollId);
		hr.employees = [
			...hr.employees.slice(0, -1),
			{ payrollId: 'NH-3002', name: 'Same Username', username },
			{ payrollId: '', name: 'No Number', username: 'nonumber' },
			{ payrollId: 'NH-3003', name: 'Twice', username: 'twice1' },
			{ payrollId: 'NH-3003', name: 'Twice', username: 'twice2' },
		];
		const changed = hr.employees.find(({ payrollId }) => payrollId === taken.payrollId);
		changed.phone = '5550000002';
		const before = drivers().length;
		await run(NIGHT);
		assert.equal(drivers().length, before);
		assert.equal(byPayroll(leaver.payrollId).driverActivationStatus, 'active');
		assert.equal(byPayroll(taken.payrollId).details.phone, '5550000002');
		const [report] = await mail.next(1);
		const results = parseTable(report.html).map(
			(row) => `${row.Action} ${row.Driver}: ${row.Result}`,
		);
		assert.match(report.subject, /: 1 done, 5 not done$/);
		assert.ok(
			results.some((result) => /^create Same Username: Not done: .*already taken/.test(result)),
			results.join('\n'),
		);

		assert.equal(results.filter((result) => result.endsWith(': Skipped')).length, 4);
		hr.employees = roster;
		Object.assign(
			hr.employees.find(({ payrollId }) => payrollId === taken.payrollId),
			{ phone: '5550000002' },
		);
	});

	test('Roster sync: nobody is created twice or deactivated because of another payroll number', async (context) => {
		if (await skip(context)) return;
		const { hr } = environment();
		const [named, withUsername, other] = people().map(({ payrollId }) => byPayroll(payrollId));
		const roster = hr.employees;
		const names = [named, withUsername, other].map(({ name }) => name);
		hr.employees = [
			{ payrollId: 'NH-3005', name: named.name.toUpperCase(), username: 'new.username' },
			{ payrollId: 'NH-3006', name: 'Somebody', username: withUsername.username },
			{ payrollId: 3007, name: other.name },
			...sameRoster().filter(({ name }) => !names.includes(name)),
		];
		const kept = [named, withUsername].map((driver) => [driver, driver.externalIds]);
		for (const [driver] of kept) driver.externalIds = {};
		const runData = await run('Preview');
		for (const [driver, externalIds] of kept) driver.externalIds = externalIds;
		hr.employees = roster;
		const rows = runData['What Would Change'][0].data.main[0].map(({ json }) => json);
		assert.deepEqual(
			rows.map(
				({ action, changes }) =>
					`${action} ${/set the external ID .* to (.*?)\./.exec(changes)?.[1]}`,
			),
			['skip payrollId:NH-3005', 'skip payrollId:NH-3006', 'skip payrollId:3007'],
		);
	});

	test('Roster sync: no namesake is deactivated because of another payroll number', async (context) => {
		if (await skip(context)) return;
		const { hr, mail } = environment();
		const roster = hr.employees;
		const numbers = sameRoster()
			.slice(4, 9)
			.map(({ payrollId }) => payrollId);
		const [one, other, named, withUsername, neverTouched] = numbers.map(byPayroll);
		const { name } = one;
		one.name = other.name;
		hr.employees = [
			{ payrollId: 'NH-3008', name: other.name },
			{ payrollId: 'NH-3009', name: other.name.toLowerCase() },
			{ payrollId: 'NH-3010', name: named.name, username: withUsername.username },
			{ payrollId: 'Somebody', name: neverTouched.name },
			...sameRoster().filter(({ payrollId }) => !numbers.includes(payrollId)),
		];
		const before = snapshot();
		const requests = writes();
		await run(NIGHT);
		const after = snapshot();
		one.name = name;
		hr.employees = roster;
		assert.equal(after, before);
		assert.equal(writes(), requests);

		const [report] = await mail.next(1);
		assert.match(report.subject, /: 0 done, 3 not done$/);
		const rows = parseTable(report.html);
		assert.deepEqual(
			rows.map((row) => `${row['Payroll Number']} ${row.Result}`),
			['NH-3008 Skipped', 'NH-3009 Skipped', 'NH-3010 Skipped'],
		);
		const pairs = [numbers.slice(0, 2), numbers.slice(0, 2), numbers.slice(2, 4)];
		for (const [index, pair] of pairs.entries()) {
			const { Changes: changes } = rows[index];
			assert.match(
				changes,
				/^Samsara has 2 drivers with this name or username: .* None of them is changed\./,
			);
			for (const number of pair)
				assert.ok(changes.includes(`the payroll number ${number}`), changes);
		}
	});

	test('Roster sync: an empty roster stops it', async (context) => {
		if (await skip(context)) return;
		const { hr, rest } = environment();
		const roster = hr.employees;
		const before = snapshot();
		hr.employees = [];
		const { status, data } = await rest.runWorkflow(ID, NIGHT);
		hr.employees = roster;
		assert.equal(status, 'error');
		assert.match(
			JSON.stringify(data.resultData.error),
			/The roster is empty, so nothing was changed/,
		);
		assert.equal(snapshot(), before);
	});

	test('Roster sync: with too many changes, nothing happens until someone agrees', async (context) => {
		if (await skip(context)) return;
		const { hr, mail, rest } = environment();
		hr.employees = sameRoster();
		// The fourth one is never touched.
		const many = hr.employees.slice(4, 15);
		many.forEach((employee, index) => (employee.phone = `555000010${index}`.slice(-10)));
		const before = snapshot();

		for (const decision of ['Change nothing', 'Make the changes']) {
			const execution = await rest.startWorkflow(ID, NIGHT);
			const [question] = await mail.next(1);
			assert.match(question.subject, /11 changes are waiting for your OK/);
			assert.ok(question.html.includes(many[0].name));
			await eventually('the workflow waits', async () => {
				const { status } = await rest.request(
					'GET',
					`/rest/executions/${execution}?includeData=false`,
				);
				return status === 'waiting';
			});
			assert.equal(snapshot(), before);
			assert.equal(await answer(question, [decision]), 200);
			const { status } = await rest.waitForExecution(execution);
			assert.equal(status, 'success');
			const after = snapshot();
			await answer(question, ['Make the changes']);
			assert.equal(snapshot(), after, 'an answer counts once');
			if (decision === 'Change nothing') {
				assert.equal(snapshot(), before);
				assert.equal(mail.messages.length, 0);
			}
		}
		const [report] = await mail.next(1);
		assert.match(report.subject, /: 11 done, 0 not done$/);
		for (const { payrollId, phone } of many) {
			assert.equal(byPayroll(payrollId).details.phone, phone);
		}
	});

	test('Roster sync: a data table takes the place of the HR system, as the note says', async (context) => {
		if (await skip(context)) return;
		const { rest } = environment();
		const { id: projectId } = await rest.request('GET', '/rest/projects/personal');
		const tables = `/rest/projects/${projectId}/data-tables`;
		const columns = ['payrollId', 'name', 'username', 'phone'];
		const { id: tableId } = await rest.request('POST', tables, {
			name: 'Roster',
			columns: columns.map((name) => ({ name, type: 'string' })),
		});
		const [leaver, ...others] = sameRoster();
		const added = { payrollId: 'NH-3004', name: 'Ana Ruiz', username: 'ana.ruiz', phone: '' };
		const data = [added, ...others].map((row) =>
			Object.fromEntries(columns.map((name) => [name, row[name] ?? ''])),
		);
		await rest.request('POST', `${tables}/${tableId}/insert`, { data, returnType: 'count' });

		const { nodes, connections } = readyMade.workflows.find((workflow) => workflow.id === ID);
		const { id } = await rest.createWorkflow({
			name: 'Roster from a data table',
			connections,
			nodes: nodes.map((node) =>
				node.name === 'Get Roster'
					? {
							...node,
							type: 'n8n-nodes-base.dataTable',
							typeVersion: 1.1,
							credentials: {},
							parameters: {
								operation: 'get',
								dataTableId: { __rl: true, mode: 'name', value: 'Roster' },
								returnAll: true,
							},
						}
					: node,
			),
		});
		const runData = await run('Preview', id);
		const rows = runData['What Would Change'][0].data.main[0].map(({ json }) => json);
		assert.deepEqual(
			rows.map(({ action, payrollNumber }) => `${action} ${payrollNumber}`),
			[`create ${added.payrollId}`, `deactivate ${leaver.payrollId}`],
		);
	});
}
