import type { Preview } from '@storybook/vue3-vite'
import { configure } from 'storybook/test'
import { h, resolveComponent } from 'vue'
import 'vue-parley/style.css'
import { failIfRefused, holdStrictPolicy } from '../support/strictPolicy'

// A wait that is met early costs nothing, and machines that run tests are slow.
configure({ asyncUtilTimeout: 20_000 })

const preview: Preview = {
  globalTypes: {
    locale: {
      description: 'The language of the interface',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'zh-CN', title: '简体中文' },
        ],
      },
    },
    theme: {
      description: 'The colours of the interface',
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
  },
  decorators: [
    (_, { globals, viewMode }) => {
      // Storybook draws its documentation pages with strings of its own.
      if (viewMode === 'story') holdStrictPolicy()
      // The whole canvas takes the theme, as the page of an app would.
      document.documentElement.dataset['parleyTheme'] = String(globals['theme'] ?? 'light')
      document.body.style.background = 'var(--parley-thread)'
      document.documentElement.lang = String(globals['locale'] ?? 'en')
      // A template of words would have to be compiled here, which the policy forbids.
      return { render: () => h(resolveComponent('story')) }
    },
  ],
  afterEach: () => failIfRefused(),
  initialGlobals: { locale: 'en', theme: 'light' },
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
  },
}

export default preview
