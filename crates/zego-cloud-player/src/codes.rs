//! The vendor's return codes, from the product's pages and, marked "gateway", from those of sibling products on the
//! same gateway.

livecloud_core::__codes! {
    SIGNATURE_EXPIRED = 100_000_004, ClockSkew, "the signature expired", "set this machine's clock; signatures live 10 minutes";
    SIGNATURE_WRONG = 100_000_005, Auth, "the signature is wrong", "check the ServerSecret: it is neither the AppSign nor the CallbackSecret";
    RATE_LIMITED = 350_006_001, Throttled, "too many requests for this operation", "lower the rate";
    GATEWAY_CHECK_FAILED = 350_006_002, Account, "the gateway's check failed", "contact ZEGO support";
    INVALID_PARAMETER = 350_006_003, InvalidArgument, "a parameter is invalid", "the message names it";
    SERVICE_NOT_ENABLED = 350_006_006, Account, "the service is not enabled", "have it enabled by ZEGO support; upload tasks and playlists are enabled separately";
    PLAYER_QUOTA = 350_006_007, Account, "the project has as many players as it may", "delete players, or have the limit of 50 raised";
    PLAYER_NAME_TAKEN = 350_006_008, Conflict, "a running player has this name", "after a lost answer to CreatePlayer: that player is yours, look it up";
    PLAYER_BEING_CREATED = 350_006_009, Busy, "the player is still being created", "try again in a moment";
    UPLOAD_QUOTA = 350_006_010, Account, "the project has as many unfinished upload tasks as it may", "wait for one to end, or have the limit of 10 raised";
    CANCEL_ALREADY_REQUESTED = 350_006_011, State, "cancelling was already requested", "nothing";
    SYSTEM_ERROR = 350_010_000, Transient, "the vendor's system failed", "try again; if it stays, contact ZEGO support";
    WRONG_HOST = 100_000_000, InvalidArgument, "gateway: wrong Host header", "a proxy must keep the Host of the vendor's address";
    APP_ID_MALFORMED = 100_000_001, InvalidArgument, "gateway: malformed AppId", "check the AppId";
    TIMESTAMP_MISSING = 100_000_002, InvalidArgument, "gateway: no Timestamp", "report it: the SDK sends one";
    TIMESTAMP_MALFORMED = 100_000_003, InvalidArgument, "gateway: malformed Timestamp", "report it: the SDK sends seconds";
    ACTION_MISSING = 100_000_006, InvalidArgument, "gateway: no Action", "give a raw call its Action";
    ACTION_UNKNOWN = 100_000_007, InvalidArgument, "gateway: unsupported Action", "check the Action of a raw call";
    NONCE_MISSING = 100_000_008, InvalidArgument, "gateway: no SignatureNonce", "report it: the SDK sends one";
    SIGNATURE_MISSING = 100_000_009, InvalidArgument, "gateway: no Signature", "report it: the SDK sends one";
    NO_SERVER_SECRET = 100_000_010, Account, "gateway: no ServerSecret for this AppId", "check the AppId";
    NO_APP_CONFIG = 100_000_011, Account, "gateway: no configuration for this AppId", "check the AppId";
    BODY_UNREADABLE = 100_000_012, Transient, "gateway: the body could not be read", "try again";
    VERSION_MISSING = 100_000_013, InvalidArgument, "gateway: no SignatureVersion", "report it: the SDK sends 2.0";
    VERSION_UNKNOWN = 100_000_014, InvalidArgument, "gateway: unsupported SignatureVersion", "report it: the SDK sends 2.0";
    GATEWAY_ERROR = 100_000_015, Transient, "gateway: internal error", "try again";
    NOT_FOR_PRODUCTION = 100_000_016, Account, "gateway: the project is not set up for production", "check is_test and the project";
    APP_NOT_ENABLED = 100_000_017, Account, "gateway: the project has not enabled the service", "enable it in the console";
}
