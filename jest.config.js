module.exports = {
	testEnvironment: 'node',
	// One more than the processors of CI, because some tests wait for the rate limiter.
	maxWorkers: 3,
	silent: true,
	testTimeout: 120_000,
	roots: ['<rootDir>/test'],
	setupFilesAfterEnv: ['<rootDir>/test/n8nEnv.js'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'json', 'node'],
	transform: { '\\.m?ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
	collectCoverageFrom: ['credentials/**/*.ts', 'nodes/**/*.ts'],
	coverageReporters: ['text', 'lcovonly'],
};
