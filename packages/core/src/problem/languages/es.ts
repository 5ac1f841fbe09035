import type { Language } from './language.js';

export const es: Language = {
  tag: 'es',
  titles: { 401: 'Sesión no iniciada', 403: 'Acceso denegado', 503: 'No disponible por ahora' },
  anonymous: 'No ha iniciado sesión. Abra este sitio desde su página de inicio de sesión.',
  refused:
    'Esta solicitud no se ha aceptado. Si este sitio es suyo, el motivo está en su registro.',
  denied: 'Ha iniciado sesión, pero no tiene acceso a esta página.',
  unknown:
    'Ha iniciado sesión, pero no tiene una cuenta aquí. Póngase en contacto con los responsables de este sitio.',
  unavailable:
    'En este momento no se puede consultar su cuenta. Vuelva a intentarlo dentro de un minuto.',
  undecided: 'Este sitio se está iniciando. Vuelva a intentarlo dentro de un momento.',
  start: 'Ir a la página principal',
  signIn: 'Iniciar sesión',
};
