// Before each test file loads n8n-core, which reads these once. It writes a settings file, which belongs neither in
// the home folder nor in one that two workers share; what it would log is asserted where it matters.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const folder = mkdtempSync(join(tmpdir(), 'n8n-test-'));
Object.assign(process.env, { N8N_LOG_LEVEL: 'silent', N8N_USER_FOLDER: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
