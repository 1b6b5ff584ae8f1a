/**
 * Runs in the page: looks for what is wrong with the form of the open node.
 *
 * @returns {{ complaints: string[], red: string[] }} complaints, and the parameters that n8n marks red
 */
export function inspectForm() {
	// The room for the name of a locator's mode is 3 pixels too small for n8n's own 'By Name'.
	const INPUT_TOLERANCE = 4;
	const settings = document.querySelector('.node-settings');
	const canvas = document.createElement('canvas').getContext('2d');
	const complaints = [];
	const isVisible = (element) => element.getClientRects().length > 0;
	const pathOf = (element) => element?.dataset.parameterPath?.replace(/^parameters\./, '');

	/** Whether an ancestor's width or limit of lines hides a part of a text. */
	function isCutOff(text, root) {
		const range = document.createRange();
		range.selectNodeContents(text);
		const { right } = range.getBoundingClientRect();
		for (let box = text.parentElement; box && box !== root; box = box.parentElement) {
			const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(box);
			const edge = box.getBoundingClientRect().right + 1;
			if (overflowX !== 'visible' && right > edge) return true;
			const isLimited = overflowY !== 'visible' && webkitLineClamp !== 'none';
			if (isLimited && box.scrollHeight > box.clientHeight + 1) return true;
		}
		return false;
	}

	function complain(where, text, isCut) {
		if (/\bundefined\b|\[object|^Error /.test(text)) complaints.push(`${where} says '${text}'`);
		if (isCut) complaints.push(`${where} cuts off '${text}'`);
	}

	function inspectTexts(root, where) {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) {
			const { currentNode } = walker;
			const text = currentNode.textContent.trim();
			if (text === '' || !isVisible(currentNode.parentElement)) continue;
			complain(where, text, isCutOff(currentNode, root));
		}
	}

	function inspectInputs() {
		for (const input of settings.querySelectorAll('input[type=text], textarea')) {
			if (!isVisible(input)) continue;
			const text = input.value || input.placeholder;
			// Examples, and what the account calls its drivers, may be longer than an input.
			const isLong = text.startsWith('e.g. ') || input.closest('[data-test-id="rlc-input"]');
			const { font, paddingLeft, paddingRight } = getComputedStyle(input);
			canvas.font = font;
			const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
			const isCut = canvas.measureText(text).width > room + INPUT_TOLERANCE;
			complain('The form', text, isCut && !isLong && input.tagName === 'INPUT');
		}
	}

	/** n8n keeps the lists of drop-downs in the page, hidden. An open one is at least as wide as its drop-down. */
	function inspectLists() {
		for (const select of settings.querySelectorAll('.el-select')) {
			const input = select.querySelector('[aria-controls]');
			const popper = document
				.getElementById(input?.getAttribute('aria-controls'))
				?.closest('.el-popper');
			if (!popper || !isVisible(select) || select.closest('.node-credentials')) continue;
			const { display } = popper.style;
			popper.style.display = 'block';
			const { width } = select.getBoundingClientRect();
			popper.querySelector('.el-select-dropdown').style.minWidth = `${width}px`;
			const name = pathOf(select.closest('[data-parameter-path]')) ?? input.placeholder;
			inspectTexts(popper, `The list of '${name}'`);
			popper.style.display = display;
		}
	}

	function inspectNotices() {
		const notices = [...settings.querySelectorAll('.notice')].filter(isVisible);
		const texts = notices.map(({ innerText }) => innerText.trim());
		if (texts.length > 1) complaints.push(`It has ${texts.length} notices: ${texts.join(' | ')}`);
		const fields = settings.querySelectorAll(
			'[data-test-id="mapping-fields-container"] .parameter-item',
		);
		const empty = texts.find((text) => /\bno (attributes|fields)\b/i.test(text));
		if (empty && fields.length > 0) {
			complaints.push(`It says '${empty}', but has ${fields.length} fields`);
		}
	}

	/** The marks of required fields of generated forms are left out, since only the node in the editor lists these fields. */
	function redPaths() {
		const { $pinia } = document.querySelector('#app').__vue_app__.config.globalProperties;
		const panels = [...$pinia._s].filter(([store]) => store.startsWith('ndv/'));
		const { parameters } = panels.find(([, { activeNode }]) => activeNode)[1].activeNode;
		const isRequired = (path) => {
			const [, form, id] = /^(\w+)\.value\["(.+)"\]$/.exec(path) ?? [];
			return parameters[form]?.schema?.find((field) => field.id === id)?.required;
		};
		return [...settings.querySelectorAll('[data-test-id="parameter-issues"]')]
			.map((mark) => mark.closest('.parameter-item')?.querySelector('[data-parameter-path]'))
			.map((parameter) => pathOf(parameter) ?? 'A parameter')
			.filter((path) => !isRequired(path));
	}

	inspectTexts(settings, 'The form');
	inspectInputs();
	inspectLists();
	inspectNotices();
	return { complaints, red: redPaths() };
}
