// Puts one stock Studio element on the page, and stands between it and the browser where Studio alone would lead astray.
// The session cookie goes along by itself, so no token is needed.
const place = document.getElementById('designer');

// Studio writes addresses of its own into the history. Some are pages here; the others lead nowhere.
const pages = [
  [/^\/designer\/workflows\/definitions\/([^/]+)\/edit$/, (id) => `/designer/workflows/${id}`],
  [/^\/designer\/workflows\/instances\/([^/]+)\/view$/, (id) => `/designer/workflows/instances/${id}/view`],
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
      location.assign(page(found[1]));
    }
  }
};

const editor = (id) => location.assign(`/designer/workflows/${encodeURIComponent(id)}`);
const viewer = (id) => location.assign(`/designer/workflows/instances/${encodeURIComponent(id)}/view`);

customElements.whenDefined(place.dataset.element).then(() => {
  const element = document.createElement(place.dataset.element);
  element.setAttribute('remote-endpoint', new URL('/elsa/api', location.href).href);
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
