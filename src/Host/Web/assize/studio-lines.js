// Tables of lines (the cases of a switch, the entries of an input) lose lines in Studio 3.8. It builds the fields of a step once, when the step
// is selected, and whenever it draws them again, as after each save, a table goes back to the lines that it was built with: a line that is being
// written then is gone, and a second line takes the place of the first. So here a line is begun when nothing is about to be stored, and when it
// is ended the step is selected anew.
(() => {
  const editor = document.getElementById('designer');
  const patience = 20_000;
  const autosave = 800;

  const selected = () => editor.querySelector('.x6-node-selected elsa-activity-wrapper');
  const lines = () => [...editor.querySelectorAll('.mud-table')].find((table) => [...table.querySelectorAll('th')].some((head) => head.textContent.trim() === 'Type'));
  // Studio measures a step by itself, so its place and size do not count.
  const inputs = (step) => JSON.stringify({ ...JSON.parse(step?.getAttribute('activity-json') ?? '{}'), metadata: null });

  async function until(holds, time = patience) {
    const end = performance.now() + time;
    while (!holds() && performance.now() < end) {
      await new Promise((next) => { setTimeout(next, 20); });
    }
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
  let last = 0;
  const moved = () => { last = performance.now(); };
  const ask = window.fetch;
  window.fetch = (...request) => {
    asked++;
    return ask(...request).finally(() => { asked--; moved(); });
  };
  const isCalm = () => asked === 0 && performance.now() - last > autosave;
  for (const event of ['change', 'mouseup', 'keyup']) {
    editor.addEventListener(event, (made) => isOf(made.target)?.begins || moved(), true);
  }

  function press(element) {
    const { x, y, width } = element.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, view: window, button: 0, clientX: x + width / 2, clientY: y + 5 };
    for (const kind of ['mousedown', 'mouseup', 'click']) {
      element.dispatchEvent(new MouseEvent(kind, at));
    }
  }

  async function selectAnew(step, before) {
    const wrapper = () => editor.querySelector(`elsa-activity-wrapper[activity-id="${step}"]`);
    await until(() => !lines()?.querySelector('td input'));
    await until(() => wrapper() && inputs(wrapper()) !== before, 5_000);
    press(editor.querySelector('.x6-graph-svg'));
    await until(() => !lines());
    press(wrapper().querySelector('.activity-label'));
    await until(lines);
    await until(isCalm);
    [...editor.querySelectorAll('button')].find((button) => isOf(button)?.adds)?.focus();
  }

  // A line is ended by the first button of a row with fields, changed by the first of a row without, and taken away by the last.
  function isOf(target) {
    const button = target.closest('button');
    if (/^add (case|entry)$/i.test(button?.textContent.trim() ?? '')) {
      return { adds: true, begins: true };
    }
    const row = button?.closest('tr');
    if (!row?.querySelector('td[data-label="ExpressionType"]')) {
      return null;
    }
    const isFirst = button === row.querySelector('button');
    const isWritten = row.querySelector('td input') !== null;
    return { begins: !isWritten, ends: isWritten ? isFirst : !isFirst };
  }

  editor.addEventListener('click', (event) => {
    const of = isOf(event.target);
    if (of?.begins && !isCalm()) {
      event.preventDefault();
      event.stopPropagation();
      const button = event.target.closest('button');
      alone(() => until(isCalm)).then(() => button.click());
    } else if (of?.ends && selected()) {
      const [step, before] = [selected().getAttribute('activity-id'), inputs(selected())];
      alone(() => selectAnew(step, before));
    }
  }, true);
})();
