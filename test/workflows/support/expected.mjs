import { ZONE } from './testEnvironment.mjs';

const DAY_MS = 24 * 3600 * 1000;

/** Midnight UTC of the date that is a number of days after today's date in n8n's time zone. */
export function dayFromToday(days) {
	const today = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date());
	return new Date(Date.parse(today) + days * DAY_MS).toISOString();
}

/** The number of days from today until a date at midnight UTC. */
export function daysUntil(date) {
	return Math.round((Date.parse(date) - Date.parse(dayFromToday(0))) / DAY_MS);
}

/** The expected values of a record in the columns that all rows have. */
export function expectedRecordRow({ state }, record) {
	const { expirationDate } = record;
	return {
		id: record.id,
		status: record.recordStatus,
		type: state.qualificationTypes.get(record.typeId).name,
		ownerId: record.owner.id,
		ownerName: state.owner(record.owner.entityType, record.owner.id).name,
		issueDate: record.issueDate.slice(0, 10),
		expirationDate: expirationDate?.slice(0, 10) ?? '',
		daysUntilExpiration: expirationDate ? String(daysUntil(expirationDate)) : '',
	};
}

/** The expected values of a record's fields, by label. */
export function expectedFieldColumns({ state }, record) {
	const { fields } = state.qualificationTypes.get(record.typeId);
	const expected = {};
	for (const value of record.fields) {
		const { label, options = [] } = fields.find(({ id }) => id === value.id);
		const labelOf = (id) => options.find((option) => option.id === id).label;
		if (label in expected) continue;
		if (value.type === 'text') expected[label] = value.text;
		if (value.type === 'number') expected[label] = String(value.number);
		if (value.type === 'multiple_choice') expected[label] = labelOf(value.valueId);
		if (value.type === 'check_boxes') expected[label] = value.valueIds.map(labelOf).join(', ');
		if (value.type === 'media') expected[label] = `${value.mediaIds.length} file`;
	}
	return expected;
}

/** The expected report on active drivers for whom one of these types is missing, expired or about to expire. */
export function expectedCompliance({ state }, typeNames, withinDays) {
	const drivers = [...state.drivers.values()].filter(
		({ driverActivationStatus }) => driverActivationStatus === 'active',
	);
	return drivers.flatMap((driver) =>
		typeNames.flatMap((name) => {
			const ends = [...state.records.values()]
				.filter(
					({ owner, typeId, recordStatus }) =>
						owner.id === driver.id &&
						recordStatus === 'active' &&
						state.qualificationTypes.get(typeId).name === name,
				)
				.map(({ expirationDate }) => expirationDate ?? '9999-12-31T00:00:00Z')
				.sort();
			const last = ends.at(-1);
			const days = last && daysUntil(last);
			const status =
				last === undefined
					? 'missing'
					: days < 0
						? 'expired'
						: days <= withinDays
							? 'expiring'
							: 'valid';
			if (status === 'valid') return [];
			return [
				{
					Driver: driver.name,
					Qualification: name,
					Status: status,
					Expires: last?.slice(0, 10) ?? '–',
					'Days Left': days === undefined ? '–' : String(days),
					Phone: driver.details.phone ?? '–',
					Email: driver.details.email ?? '–',
				},
			];
		}),
	);
}
