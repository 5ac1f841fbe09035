export { authelia } from './authelia.js';
export type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
} from './header-profile.js';
