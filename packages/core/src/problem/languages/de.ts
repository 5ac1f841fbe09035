import type { Language } from './language.js';

export const de: Language = {
  tag: 'de',
  titles: { 401: 'Nicht angemeldet', 403: 'Kein Zugriff', 503: 'Zurzeit nicht verfügbar' },
  anonymous: 'Sie sind hier nicht angemeldet. Öffnen Sie diese Website über ihre Anmeldeseite.',
  refused:
    'Die Angaben in dieser Anfrage sind nicht vertrauenswürdig. Wenn Sie diese Website betreiben: Der Grund steht im Protokoll.',
  denied: 'Sie sind angemeldet, haben aber keinen Zugriff auf diese Seite.',
  unknown:
    'Sie sind angemeldet, haben hier aber kein Konto. Wenden Sie sich an die Betreiber dieser Website.',
  unavailable:
    'Ihr Konto kann gerade nicht abgerufen werden. Versuchen Sie es in einer Minute noch einmal.',
  undecided: 'Diese Website startet gerade. Versuchen Sie es gleich noch einmal.',
  start: 'Zur Startseite',
  signIn: 'Anmelden',
};
