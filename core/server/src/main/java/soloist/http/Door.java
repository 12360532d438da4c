package soloist.http;

/** Access that no role gives. */
public enum Door implements Access {
  /** Everybody, from the first start on. */
  OPEN,
  /** Who opens the link of the first start; there is nothing here once there is an owner. */
  SETUP,
  /** Everybody once there is an owner: signing in. */
  SIGN_IN,
  /** Whoever is signed in on a page, for what is their own. */
  PERSON,
  /** Who can read the token file on this machine. */
  MACHINE
}
