// Tables of lines (the cases of a switch, the entries of an input) lose lines in Studio 3.8. It builds the fields of a step once, when the step
// is selected, and whenever it draws them again, as after each save, a table goes back to the lines that it was built with: a line that is being
// written then is gone, and a second line takes the place of the first. So here a line is begun when nothing is about to be stored, Studio is
// not answered while it is written, one that is gone all the same is begun again with what was typed, and when a line is ended the step is
// selected anew.
(() => {
  const editor = document.getElementById('designer');

  // Time is counted in turns of the page: on a busy machine what Studio meant to do by now may still be ahead, though the clock says otherwise.
  const turn = 20;
  const patience = 1000;
  const shortPatience = 250;
  const longestHeld = 3000;
  const beat = 100;
  const autosave = 8;

  const selected = () => editor.querySelector('.x6-node-selected elsa-activity-wrapper');
  const lines = () => [...editor.querySelectorAll('.mud-table')].find((table) => [...table.querySelectorAll('th')].some((head) => head.textContent.trim() === 'Type'));
  const isWritten = () => Boolean(lines()?.querySelector('td input'));
  // Studio measures a step by itself, so its place and size do not count.
  const inputs = (step) => JSON.stringify({ ...JSON.parse(step?.getAttribute('activity-json') ?? '{}'), metadata: null });

  async function until(holds, turns = patience) {
    for (; turns > 0 && !holds(); turns--) {
      await new Promise((next) => { setTimeout(next, turn); });
    }
  }

  // What the canvas says that stands in the tables of the step, and what the table shows: Studio may have made it from what was said before.
  const words = (text) => text.replaceAll(/\s+/g, ' ').trim();
  function kept() {
    const step = JSON.parse(selected()?.getAttribute('activity-json') ?? '{}');
    if (Array.isArray(step.cases)) {
      return [step.cases.map((one) => [one.label, one.condition?.value])];
    }
    const entries = Object.values(step).filter((value) => value?.expression?.type === 'Object').map((value) => {
      try {
        return Object.entries(JSON.parse(value.expression.value)).map(([key, entry]) => [key, entry?.value ?? entry]);
      } catch {
        return [];
      }
    });
    return entries.length > 0 ? entries : [[]];
  }
  function isWhole() {
    const shown = [...lines()?.querySelectorAll('tbody tr') ?? []].filter((row) => row.querySelector('td[data-label="ExpressionType"]') && !row.querySelector('td input'))
      .map((row) => ['td[data-label="Label"], td[data-label="Key"]', 'td[data-label="Condition"], td[data-label="Value"]'].map((cell) => words(row.querySelector(cell)?.textContent ?? '')));
    return kept().some((table) => table.length === shown.length
      && table.every(([name, value], place) => words(String(name)) === shown[place][0] && (typeof value !== 'string' || words(value) === shown[place][1])));
  }

  // What is pressed meanwhile would start from the old lines.
  async function alone(does) {
    editor.classList.add('assize-waits');
    try {
      await does();
    } finally {
      editor.classList.remove('assize-waits');
    }
  }

  let asked = 0;
  let calm = 0;
  const moved = () => { calm = 0; };
  setInterval(() => { calm = asked === 0 ? calm + 1 : 0; }, beat);
  const isCalm = () => calm > autosave;

  // The line that is being written: how it is begun, what was typed, and in which field.
  let line = null;
  let passes = false;
  const fields = () => [...lines()?.querySelectorAll('td input:not([type=hidden])') ?? []];
  const cells = () => lines()?.querySelectorAll('tbody td').length;
  async function write({ begun, typed, at }) {
    for (let tries = 5; tries > 0 && !isWritten(); tries--) {
      await until(isCalm);
      await selectUntilWhole();
      const before = cells();
      let came = false;
      passes = true;
      begun()?.click();
      passes = false;
      await until(() => {
        came ||= cells() > before;
        return isWritten() || (came && cells() === before);
      }, shortPatience);
    }
    line = isWritten() ? { begun, typed, at } : null;
    fields().forEach((field, place) => {
      if (!field.readOnly && typed[place] !== undefined && field.value !== typed[place]) {
        field.value = typed[place];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    fields()[at]?.focus();
  }
  editor.addEventListener('input', (event) => {
    if (line && fields().includes(event.target)) {
      line = { ...line, typed: fields().map((field) => field.value), at: fields().indexOf(event.target) };
    }
  }, true);
  new MutationObserver(() => {
    if (line && lines() && !isWritten()) {
      const gone = line;
      line = null;
      alone(() => write(gone));
    }
  }).observe(editor, { subtree: true, childList: true });
  // Whoever presses elsewhere is done with the line; the lists and dialogs of its fields stand outside the editor.
  editor.addEventListener('mousedown', (event) => { line = lines()?.contains(event.target) ? line : null; }, true);
  editor.addEventListener('keydown', (event) => { line = event.key === 'Enter' || event.key === 'Escape' ? null : line; }, true);

  for (const event of ['change', 'mouseup', 'keyup']) {
    editor.addEventListener(event, (made) => isOf(made.target)?.begins || moved(), true);
  }
  new MutationObserver(moved).observe(editor, { subtree: true, attributes: true, attributeFilter: ['activity-json'] });

  // After these Studio draws its fields again; it does not get them while a line is being written.
  const redraws = /\/elsa\/api\/(workflow-definitions|descriptors\/activities)(\?|$)/;
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const address = request[0].url ?? String(request[0]);
    if (!address.includes('/elsa/api/')) {
      return ask(...request);
    }
    asked++;
    try {
      const answer = await ask(...request);
      await answer.clone().arrayBuffer();
      if (redraws.test(address)) {
        await until(() => !isWritten(), longestHeld);
      }
      return answer;
    } finally {
      asked--;
      moved();
    }
  };

  function press(element) {
    const { x, y, width } = element.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, view: window, button: 0, clientX: x + width / 2, clientY: y + 5 };
    for (const kind of ['mousedown', 'mouseup', 'click']) {
      element.dispatchEvent(new MouseEvent(kind, at));
    }
  }

  async function select(step) {
    press(editor.querySelector('.x6-graph-svg'));
    await until(() => !lines());
    press(editor.querySelector(`elsa-activity-wrapper[activity-id="${step}"] .activity-label`));
    await until(lines);
    await until(isCalm);
  }

  // Selecting a step shows what the canvas says, unless the answer to an older save is taken in at the same moment.
  async function selectUntilWhole() {
    for (let tries = 5; tries > 0 && selected() && !isWhole(); tries--) {
      await select(selected().getAttribute('activity-id'));
    }
  }

  async function selectAnew(step, before) {
    const wrapper = () => editor.querySelector(`elsa-activity-wrapper[activity-id="${step}"]`);
    await until(() => !isWritten());
    await until(() => wrapper() && inputs(wrapper()) !== before, shortPatience);
    await select(step);
    await selectUntilWhole();
    [...editor.querySelectorAll('button')].find(adds)?.focus();
  }

  const adds = (button) => /^add (case|entry)$/i.test(button?.textContent.trim() ?? '');

  // A line is ended by the first button of a row with fields, changed by the first of a row without, and taken away by the last.
  function isOf(target) {
    const button = target.closest('button');
    if (adds(button)) {
      return { begins: true };
    }
    const row = button?.closest('tr');
    if (!row?.querySelector('td[data-label="ExpressionType"]')) {
      return null;
    }
    const isFirst = button === row.querySelector('button');
    const hasFields = row.querySelector('td input') !== null;
    return { begins: !hasFields, ends: hasFields ? isFirst : !isFirst };
  }

  // The same button once Studio may have drawn it again.
  function again(button) {
    const rows = () => [...lines()?.querySelectorAll('tbody tr') ?? []];
    if (adds(button)) {
      return () => [...editor.querySelectorAll('button')].find(adds);
    }
    const [row, place] = [rows().indexOf(button.closest('tr')), [...button.closest('tr').querySelectorAll('button')].indexOf(button)];
    return () => rows()[row]?.querySelectorAll('button')[place];
  }

  editor.addEventListener('click', (event) => {
    const of = isOf(event.target);
    if (!of || passes) {
      return;
    }
    const button = again(event.target.closest('button'));
    if (of.begins && !of.ends && !isWritten()) {
      event.preventDefault();
      event.stopPropagation();
      alone(() => write({ begun: button, typed: [], at: undefined }));
    } else if (of.begins && !isCalm() && !isWritten()) {
      event.preventDefault();
      event.stopPropagation();
      alone(() => until(isCalm)).then(() => button()?.click());
    } else {
      line = null;
      if (of.ends && selected()) {
        const [step, before] = [selected().getAttribute('activity-id'), inputs(selected())];
        alone(() => selectAnew(step, before));
      }
    }
  }, true);
})();
