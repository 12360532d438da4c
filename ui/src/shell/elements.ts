// Styles of the parts in use; each part itself is imported where it stands.
import 'element-plus/es/components/base/style/css'
import 'element-plus/es/components/button/style/css'
import 'element-plus/es/components/input/style/css'
import 'element-plus/es/components/skeleton/style/css'
import 'element-plus/es/components/skeleton-item/style/css'
import 'element-plus/es/components/tabs/style/css'
import 'element-plus/theme-chalk/dark/css-vars.css'
