import type { Language } from './language.js';

export const fr: Language = {
  tag: 'fr',
  titles: { 401: 'Connexion requise', 403: 'Accès refusé', 503: 'Indisponible pour le moment' },
  anonymous: 'Vous n’êtes pas connecté. Ouvrez ce site en passant par sa page de connexion.',
  refused:
    'Cette requête n’a pas été acceptée. Si ce site est le vôtre, son journal en donne la raison.',
  denied: 'Vous êtes connecté, mais vous n’avez pas accès à cette page.',
  unknown:
    'Vous êtes connecté, mais vous n’avez pas de compte ici. Adressez-vous au responsable de ce site.',
  unavailable: 'Votre compte ne peut pas être consulté pour le moment. Réessayez dans une minute.',
  undecided: 'Ce site est en cours de démarrage. Réessayez dans un instant.',
  start: 'Aller à la page d’accueil',
  signIn: 'Se connecter',
};
