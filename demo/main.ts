import { createApp } from 'vue'
import 'vue-parley/style.css'
import App from './App.vue'
import './demo.css'

createApp(App).mount('#app')
