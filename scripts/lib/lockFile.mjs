/**
 * Checks that package-lock.json is complete for every platform. npm may drop the packages of other platforms when it writes
 * the file during an install.
 *
 * @param {Record<string, any>} packages of the lock file, by folder
 * @returns {string[]} what is missing
 */
export function lockFindings(packages) {
	return Object.entries(packages).flatMap(([folder, { dependencies, optionalDependencies }]) =>
		Object.keys({ ...dependencies, ...optionalDependencies })
			.filter((name) => !isInstalled(packages, folder, name))
			.map((name) => `package-lock.json does not contain ${name}, which ${folder} depends on`),
	);
}

/** Looks where Node does: in the package's own folder, then in each folder above. */
function isInstalled(packages, folder, name) {
	for (let above = folder; ; above = parentPackage(above)) {
		if (packages[above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`])
			return true;
		if (above === '') return false;
	}
}

function parentPackage(folder) {
	const end = folder.lastIndexOf('/node_modules/');
	return end === -1 ? '' : folder.slice(0, end);
}
