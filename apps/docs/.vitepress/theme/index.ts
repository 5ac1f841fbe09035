import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import Layout from './Layout.vue';
import Playground from './Playground.vue';
import './tokens.css';

/** VitePress's own theme with our colours, and the playground. Fonts are the reader's own: nothing is loaded for them. */
export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app }) {
    app.component('Playground', Playground);
  },
} satisfies Theme;
