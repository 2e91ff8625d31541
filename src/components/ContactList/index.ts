/** Friends in the order of an address book. */
export { default as ContactList } from './ContactListRoot.vue'
