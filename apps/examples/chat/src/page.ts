/** The page: it says every now and then that it is there. */
export function chatPage(aliveMs: number): string {
  return `<!doctype html>
<html lang="en" data-alive-ms="${aliveMs}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Chat</title>
<main><h1>Chat</h1><ol id="said" role="log"></ol>
<form id="say"><select name="room" aria-label="Room"></select> <input name="text" aria-label="Text" maxlength="2000" required autocomplete="off"> <button>Say</button></form>
<p id="state" role="status"></p>
<form method="post" action="/sign-out"><button>Sign out</button></form></main>
<script src="/socket.io/socket.io.js"></script><script src="/chat.js"></script></html>
`;
}

/** What others have written is text, and never HTML. */
export const script = `
const socket = io({ transports: ['websocket'] });
const form = document.querySelector('#say');
const tell = (text) => { document.querySelector('#state').textContent = text; };
socket.on('rooms', (rooms) => {
  form.room.replaceChildren(...rooms.map((room) => new Option(room)));
  tell('You are there.');
});
socket.on('said', ({ room, user, text }) => {
  const line = document.createElement('li');
  line.textContent = room + ' | ' + user + ': ' + text;
  document.querySelector('#said').append(line);
});
socket.on('connect_error', () => tell('You are not signed in: load the page again.'));
socket.on('disconnect', () => tell('You are not there any more.'));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  socket.emit('say', form.room.value, form.text.value);
  form.text.value = '';
});
setInterval(() => fetch('/alive'), Number(document.documentElement.dataset.aliveMs));
`;
