import { fileURLToPath } from 'node:url'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.SOLOIST_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled here: compiling them in the browser would need eval, which the policy forbids.
    vueI18n({ include: here('./src/**/words/*.json'), runtimeOnly: true, strictMessage: true }),
  ],
  define: { __VUE_OPTIONS_API__: true, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  resolve: { alias: { '@': here('./src') } },
  server: { proxy: { '/api': server, '/health': server } },
  build: {
    outDir: 'target/classes/webroot',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // The policy allows no data: fonts, and a separate file is cached on its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What draws figures comes when the first of them is shown.
            { name: 'vendor', test: /node_modules\/(?!echarts|zrender|tslib)(?!.*locale\/lang)/ },
            { name: 'ground', test: /src\/(api|language|parts)\/(?!locales|words)/ },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    // The tests leave nothing behind: loading words and a document for each file anew is most of the work.
    pool: 'threads',
    isolate: false,
    // A machine that builds beside this is slow to load words.
    hookTimeout: 60_000,
    testTimeout: 60_000,
  },
})
