import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['target/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      'vue/no-v-html': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'max-lines': ['error', 300],
      'no-restricted-properties': ['error', { property: 'innerHTML', message: 'The policy allows text only.' }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/api/client.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Ask through api, which is made from the description of the API.' }],
      'no-restricted-syntax': ['error', { selector: 'TemplateLiteral[quasis.0.value.raw=/^.api.v1/]', message: 'Let addressOf make it, from the description of the API.' }],
    },
  },
)
