/** The script of the page of who is there: over a WebSocket where the app has one, else by asking every two seconds. */
export const liveScript = `
const there = document.getElementById('there');
const state = document.getElementById('state');
const show = (names) => {
  there.replaceChildren(...names.map((name) => Object.assign(document.createElement('li'), { textContent: name })));
};
const over = (text) => {
  show([]);
  state.textContent = text;
};
const signedOut = 'Not connected: you have signed out, or somebody else has signed in. Reload the page to see who you are.';
const gone = 'Not connected: the app does not answer. Reload the page to try again.';
if (there.dataset.by === 'socket') {
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/live/socket');
  socket.onmessage = ({ data }) => {
    show(JSON.parse(data));
    state.textContent = 'Connected.';
  };
  socket.onclose = ({ code }) => over(code === 4001 ? signedOut : gone);
} else {
  const ask = async () => {
    const answer = await fetch('/live/list', { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (!answer?.ok) return over(answer?.status === 401 ? signedOut : gone);
    const { user, names } = await answer.json();
    if (user !== there.dataset.user) return over(signedOut);
    show(names);
    state.textContent = 'Connected.';
    setTimeout(ask, 2000);
  };
  ask();
}
`;
