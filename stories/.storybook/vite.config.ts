import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { aliases, cssTarget } from '../../vite.config.ts'

export default defineConfig({ plugins: [vue()], resolve: { alias: aliases }, build: { cssTarget } })
