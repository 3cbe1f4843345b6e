// Puts one stock Studio element on the page, and stands between it and the browser where Studio alone would lead astray.
// The session cookie goes along by itself, so no token is needed.
const place = document.getElementById('designer');
const api = '/elsa/api';

// Studio writes addresses of its own into the history. Some are pages here; the others lead nowhere.
const editor = (id) => location.assign(`/designer/workflows/${encodeURIComponent(id)}`);
const viewer = (id) => location.assign(`/designer/workflows/instances/${encodeURIComponent(id)}/view`);
const pages = [
  [/^\/designer\/workflows\/definitions\/([^/]+)\/edit$/, editor],
  [/^\/designer\/workflows\/instances\/([^/]+)\/view$/, viewer],
];
const push = history.pushState.bind(history);
history.pushState = (state, unused, url) => {
  const path = url ? new URL(url, document.baseURI).pathname : location.pathname;
  if (path === location.pathname) {
    push(state, unused, url);
    return;
  }
  for (const [pattern, page] of pages) {
    const found = pattern.exec(path);
    if (found) {
      page(decodeURIComponent(found[1]));
    }
  }
};

// A line of our own, for what Studio has no place to show. Whatever else it said, what is not stored yet is offered again after it.
const line = document.getElementById('assize-said');
function quiet() {
  line.hidden = true;
  offerUnsaved();
}
const say = (text, ...actions) => show(text, [...actions, ['Close', quiet]]);
function show(text, actions) {
  line.replaceChildren(text, ...actions.map(([name, does]) => {
    const button = document.createElement('button');
    button.textContent = name;
    button.addEventListener('click', does);
    return button;
  }));
  line.hidden = false;
}

// What was sent and not stored, because the session or the connection was lost, is kept in the browser, for whoever drew it, until it is stored or discarded:
// the newest of each window, since each is a drawing of its own.
const unsaved = `assize-unsaved:${place.dataset.person}:${location.pathname}`;
const thisWindow = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const asText = (body) => typeof body === 'string' ? body : ArrayBuffer.isView(body) || body instanceof ArrayBuffer ? new TextDecoder().decode(body) : null;
const allKept = () => [JSON.parse(localStorage.getItem(unsaved) ?? '[]')].flat();
const keepAll = (all) => all.length > 0 ? localStorage.setItem(unsaved, JSON.stringify(all)) : localStorage.removeItem(unsaved);
const forget = (window) => keepAll(allKept().filter((kept) => kept.window !== window));
// Publication is asked for by a person who is there, and not by what is sent again later.
function keep(text) {
  forget(thisWindow);
  keepAll([...allKept(), { at: new Date().toISOString(), window: thisWindow, text: JSON.stringify({ ...JSON.parse(text), publish: false }) }]);
}
const whatIsKept = () => allKept().find((kept) => kept.window === thisWindow) ?? null;
// It follows the saves of the window in which it was drawn.
const sendKept = (kept) => ask(`${api}/workflow-definitions`, {
  method: 'POST', body: kept.text, headers: { 'Content-Type': 'application/json', 'X-Assize-Window': kept.window },
}).catch(() => null);
const asFile = (text) => ['Save it as a file', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(JSON.parse(text).model, null, 2)], { type: 'application/json' }));
  link.download = 'unsaved.json';
  link.click();
}];
const putOff = new Set();
function offerUnsaved() {
  const kept = allKept().findLast((one) => one.window !== thisWindow && !putOff.has(one.window));
  if (!kept) {
    return;
  }
  const on = new Date(kept.at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  show(`What you drew here on ${on} was not stored.`, [
    ['Store it now', async () => {
      const answer = await sendKept(kept);
      if (answer?.ok) {
        forget(kept.window);
        location.reload();
      } else {
        say((await answer?.json().catch(() => null))?.message ?? 'It could not be stored. It is kept in this browser.', asFile(kept.text));
      }
    }],
    asFile(kept.text),
    ['Discard it', () => {
      forget(kept.window);
      quiet();
    }],
    ['Close', () => {
      putOff.add(kept.window);
      quiet();
    }],
  ]);
}

// Every request of Studio says which window it comes from, so that one person's two windows are two.
let last = null;
let readOnly = false;

// Of a session that has ended Studio says nothing, whatever it asked.
const signIn = ['Sign in again, in a new tab', () => window.open('/signin')];
let isOut = false;
function out() {
  if (lostBy === null && !isOut) {
    say('Your session has ended. Nothing can be shown or changed here until you sign in again.', signIn);
  }
  isOut = true;
}
function back() {
  const was = isOut && lostBy === null;
  isOut = false;
  if (was) {
    quiet();
  }
}

// Studio says nothing where a save of its own accord is not answered as it expects.
let lostBy = null;
function lose(saves) {
  if (!saves) {
    return;
  }
  const text = last.text ?? 'This could not be stored. What you drew since is kept in this browser.';
  try {
    keep(saves);
  } catch {
    say('This could not be stored, and it is too large for this browser to keep. Save it as a file before you leave.', asFile(saves));
    return;
  }
  if (lostBy !== text) {
    say(`${text} It is sent again as soon as that is possible.`, ...(last.status === 401 ? [signIn] : []));
  }
  lostBy = text;
}
function stored() {
  forget(thisWindow);
  const was = lostBy !== null;
  lostBy = null;
  if (was) {
    quiet();
  }
}

// Studio's client has no name for the order of most columns and asks for none: the column that was pressed says it.
let column = null;
place.addEventListener('click', (event) => {
  column = event.target.closest('.mud-table-sort-label')?.textContent.trim() ?? column;
}, true);
function sorted(url, options) {
  if (column && options.method === 'POST' && url.pathname === `${api}/workflow-instances`) {
    const asked = JSON.parse(asText(options.body) ?? 'null');
    return asked && [url.href, { ...options, body: JSON.stringify({ ...asked, orderBy: asked.orderBy ?? column }) }];
  }
  if (column && url.pathname === `${api}/workflow-definitions` && url.searchParams.get('versionOptions') === 'Latest' && !url.searchParams.get('OrderBy')) {
    url.searchParams.set('OrderBy', column);
    return [url.href, options];
  }
  return null;
}

// The saves of one window go one after the other, so that none that was slow undoes a newer one.
let saving = Promise.resolve();
const inTurn = (save) => (saving = saving.then(save, save));
const ask = window.fetch.bind(window);
window.fetch = async (resource, options = {}) => {
  const url = new URL(resource instanceof Request ? resource.url : resource, document.baseURI);
  if (url.origin !== location.origin || !url.pathname.startsWith(api)) {
    return ask(resource, options);
  }
  const headers = new Headers(options.headers ?? (resource instanceof Request ? resource.headers : undefined));
  headers.set('X-Assize-Window', thisWindow);
  const saves = options.method === 'POST' && url.pathname === `${api}/workflow-definitions` ? asText(options.body) : null;
  let answer;
  try {
    const [asked, how] = sorted(url, options) ?? [resource, options];
    const send = () => ask(asked, { ...how, headers });
    answer = await (saves ? inTurn(send) : send());
  } catch (failure) {
    last = { at: performance.now(), status: 0, text: 'The service could not be reached. What you drew since is kept in this browser.' };
    lose(saves);
    throw failure;
  }
  if (answer.ok) {
    back();
    if (url.pathname.startsWith(`${api}/workflow-definitions/by-`)) {
      answer.clone().json().then((definition) => { readOnly = !definition.links?.some((link) => link.rel === 'publish') || !definition.isLatest; hideCode(); }, () => {});
    }
    if (saves) {
      stored();
    }
    const said = answer.headers.get('x-assize-said');
    if (said) {
      say(decodeURIComponent(said));
    }
  } else {
    // Studio shows its line again where it takes this for a failure; that it does is noticed only of one that was hidden.
    error.style.display = 'none';
    const problem = await answer.clone().json().catch(() => null);
    last = { at: performance.now(), status: answer.status, text: answer.status === 401 ? 'Your session has ended. What you drew since is kept in this browser.' : problem?.detail ?? problem?.message };
    if (answer.status === 401 && !saves) {
      out();
    }
    if (saves && (answer.status === 413 || answer.headers.has('x-assize-unkept'))) {
      // Sent again it would be refused again.
      say(`${last.text ?? ''} What you drew is only in this window: save it as a file before you leave.`, asFile(saves));
    } else if (answer.status !== 400) {
      lose(saves);
    } else if (url.pathname.endsWith('/retract') && place.dataset.element === 'elsa-workflow-definition-list') {
      // Studio's list says that it was retracted unless it is answered by what it does not expect.
      return new Response(answer.body, { status: 409, headers: answer.headers });
    }
  }
  return answer;
};

// What was lost is sent again by itself: the person may have signed in again in another tab, or the network is back.
const sendAgain = () => lostBy !== null && inTurn(async () => {
  const kept = whatIsKept();
  if (lostBy === null || !kept) {
    return;
  }
  const answer = await sendKept(kept);
  if (answer?.ok) {
    stored();
    error.style.display = 'none';
    say('What you drew while it could not be stored is stored now.');
  } else if (answer?.status === 400) {
    lostBy = null;
    say((await answer.json()).message);
  }
});
setInterval(sendAgain, 5000);
window.addEventListener('online', sendAgain);
window.addEventListener('focus', sendAgain);

// The code of what is only looked at cannot be shown: its tab stops the whole editor.
function hideCode() {
  for (const tab of place.querySelectorAll('.mud-tab')) {
    if (tab.textContent.trim().toLowerCase() === 'code view') {
      tab.style.display = readOnly ? 'none' : '';
    }
  }
}
new MutationObserver(() => readOnly && hideCode()).observe(place, { childList: true, subtree: true });

// Studio shows what it did not expect in this line, and says nothing more. It goes on after what was only refused.
const error = document.getElementById('blazor-error-ui');
const wasRefused = () => [400, 401, 409].includes(last?.status) && last.text && performance.now() - last.at < 5000;
const usual = document.getElementById('assize-error').textContent;
new MutationObserver(() => {
  if (error.style.display === 'block' && wasRefused()) {
    error.style.display = 'none';
    if (last.status !== 401) {
      say(last.text);
    }
    last = null;
  }
  document.getElementById('assize-error').textContent = last?.text ?? usual;
  document.getElementById('assize-sign-in').hidden = last?.status !== 401;
}).observe(error, { attributes: true, attributeFilter: ['style'] });

// What a practice case waits for stands beside its drawing, and is answered there.
const panel = document.getElementById('assize-practice');
async function practise(form, button) {
  const answer = form
    ? await ask(form.action, { method: 'POST', body: new FormData(form, button) })
    : await ask(panel.dataset.page);
  const shown = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('practice-waits');
  panel.querySelector('div').replaceChildren(shown ?? 'This practice case is gone.');
}
if (panel) {
  panel.addEventListener('submit', (event) => {
    event.preventDefault();
    practise(event.target, event.submitter);
  });
  practise();
}

line.hidden = true;
offerUnsaved();
customElements.whenDefined(place.dataset.element).then(() => {
  const element = document.createElement(place.dataset.element);
  element.setAttribute('remote-endpoint', new URL(api, location.href).href);
  for (const name of ['definition-id', 'instance-id']) {
    const value = place.getAttribute(`data-${name}`);
    if (value) {
      element.setAttribute(name, value);
    }
  }
  element.editWorkflowDefinition = editor;
  element.viewWorkflowInstance = viewer;
  place.append(element);
});
