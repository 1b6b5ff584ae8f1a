/** The values of a simulated driver's attributes, by the attribute's name. */
export function attributeValues(sim, driver) {
	return Object.fromEntries(
		driver.attributes.map(({ attributeId, stringValues, numberValues, dateValues }) => [
			sim.state.attributes.get(attributeId).name,
			stringValues ?? numberValues ?? dateValues,
		]),
	);
}
