// Puts one stock editor on the page. The session cookie goes along by itself, so no token is needed.
const place = document.getElementById('designer');
const editor = document.createElement('elsa-workflow-definition-editor');
editor.remoteEndpoint = new URL('/elsa/api', location.href).href;
editor.setAttribute('remote-endpoint', editor.remoteEndpoint);
editor.setAttribute('definition-id', place.dataset.definitionId);
place.append(editor);

// Studio writes addresses of its own into the history; they lead nowhere here.
const push = history.pushState.bind(history);
history.pushState = (state, unused, url) => {
  if (!url || new URL(url, document.baseURI).pathname === location.pathname) {
    push(state, unused, url);
  }
};
