export { adminPage } from './pages/admin-page.js';
export { homePage } from './pages/home-page.js';
export { publicPage } from './pages/public-page.js';
export { pageHeaders } from './style/page-headers.js';
export { stylesheet } from './style/stylesheet.js';
export type { AppLinks, AppSettings } from './view/app-settings.js';
export type { Explanation } from './view/explain-decision.js';
export type { View } from './view/view-of.js';
export { viewOf } from './view/view-of.js';
