import { ensureChromium } from './lib/chromium.mjs';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';

// Installs what the tests in a real n8n and in the browser need. They would do it themselves; .ci/run does it earlier.

stopOnInterrupt();
await ensureN8n();
await ensureChromium();
