//! `error` of the oldest interface. 10 to 13 and 17 to 24 are known from the vendor's Java SDK only.

livecloud_core::__codes! {
    UNKNOWN_TOKEN = 1, Account, "no account has this token", "check readtoken or writetoken";
    NO_FILE = 2, InvalidArgument, "no file, or no writetoken", "send both";
    NO_METADATA = 3, InvalidArgument, "`JSONRPC` is missing", "send the video's title there";
    FILE_REFUSED = 4, InvalidArgument, "the file's type is not accepted, or it is over 2 GB", "check the file";
    NO_READ_TOKEN = 5, InvalidArgument, "the readtoken is missing", "give the account its readtoken";
    WRONG_PAGE = 6, InvalidArgument, "the page or its size is wrong", "check both";
    NO_VIDEO = 7, InvalidArgument, "the vid is missing", "send it";
    UNKNOWN_METHOD = 8, InvalidArgument, "there is no such method", "check `method`";
    NO_USER = 10, InvalidArgument, "the userid is missing", "send it";
    EMPTY_DIRECTORY = 11, InvalidArgument, "the directory of the upload is empty", "check it";
    UNREACHABLE_FILE = 12, InvalidArgument, "the file's address cannot be reached", "check it";
    UNKNOWN_FORMAT = 13, InvalidArgument, "the file's format is unknown", "check the file";
    WRONG_DIGEST = 14, Transient, "what arrived has another MD5", "send the file again";
    SERVER_ERROR = 15, Transient, "the vendor failed; by its Java SDK: a parameter is wrong", "try again; if it stays, check the arguments";
    STORAGE_FULL = 16, Account, "the account's storage is full", "delete videos, or buy more";
    NOT_ALLOWED = 17, Account, "the account may not do this", "have it enabled";
    TITLE_TAKEN = 18, Conflict, "a title is taken", "choose another";
    NO_TITLE = 19, InvalidArgument, "the title is missing", "send it";
    UNKNOWN_PLAY_LIST = 20, NotFound, "there is no such play list", "check its id";
    WRONG_PARAMETER = 21, InvalidArgument, "a parameter is wrong", "check the arguments";
    WRONG_SIGNATURE = 22, Auth, "the signature is wrong", "check the secretkey";
    UNKNOWN_VIDEO = 23, NotFound, "there is no such video", "check the vid";
    EXPIRED = 24, ClockSkew, "the time is over", "set this machine's clock";
}
