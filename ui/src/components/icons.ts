// The drawings in use, by the role they play on our screens. Only these end up in the bundle.
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Banknote from '@lucide/svelte/icons/banknote';
import BookOpen from '@lucide/svelte/icons/book-open';
import Calendar from '@lucide/svelte/icons/calendar';
import Camera from '@lucide/svelte/icons/camera';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Check from '@lucide/svelte/icons/check';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronLeft from '@lucide/svelte/icons/chevron-left';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleUser from '@lucide/svelte/icons/circle-user';
import Clock from '@lucide/svelte/icons/clock';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import Delete from '@lucide/svelte/icons/delete';
import Download from '@lucide/svelte/icons/download';
import Eye from '@lucide/svelte/icons/eye';
import FileText from '@lucide/svelte/icons/file-text';
import Flag from '@lucide/svelte/icons/flag';
import Gift from '@lucide/svelte/icons/gift';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Hourglass from '@lucide/svelte/icons/hourglass';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import Image from '@lucide/svelte/icons/image';
import Info from '@lucide/svelte/icons/info';
import KeyRound from '@lucide/svelte/icons/key-round';
import Languages from '@lucide/svelte/icons/languages';
import List from '@lucide/svelte/icons/list';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Lock from '@lucide/svelte/icons/lock';
import LogOut from '@lucide/svelte/icons/log-out';
import MapPin from '@lucide/svelte/icons/map-pin';
import Menu from '@lucide/svelte/icons/menu';
import Minus from '@lucide/svelte/icons/minus';
import Moon from '@lucide/svelte/icons/moon';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import Package from '@lucide/svelte/icons/package';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import Printer from '@lucide/svelte/icons/printer';
import QrCode from '@lucide/svelte/icons/qr-code';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Rocket from '@lucide/svelte/icons/rocket';
import Route from '@lucide/svelte/icons/route';
import ScanBarcode from '@lucide/svelte/icons/scan-barcode';
import Search from '@lucide/svelte/icons/search';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import Shield from '@lucide/svelte/icons/shield';
import ShoppingBag from '@lucide/svelte/icons/shopping-bag';
import Sliders from '@lucide/svelte/icons/sliders-horizontal';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Star from '@lucide/svelte/icons/star';
import Store from '@lucide/svelte/icons/store';
import Sun from '@lucide/svelte/icons/sun';
import Trash from '@lucide/svelte/icons/trash-2';
import Trophy from '@lucide/svelte/icons/trophy';
import Undo from '@lucide/svelte/icons/undo-2';
import Upload from '@lucide/svelte/icons/upload';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import VolumeOn from '@lucide/svelte/icons/volume-2';
import VolumeOff from '@lucide/svelte/icons/volume-off';
import Wallet from '@lucide/svelte/icons/wallet';
import Wifi from '@lucide/svelte/icons/wifi';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import Cross from '@lucide/svelte/icons/x';

/** Drawings by role. */
export const icons = {
  down: ArrowDown, up: ArrowUp, money: Banknote, lesson: BookOpen, calendar: Calendar, camera: Camera,
  chart: ChartColumn, check: Check, open: ChevronDown, back: ChevronLeft, next: ChevronRight, done: CircleCheck,
  account: CircleUser, wait: Clock, upload: CloudUpload, erase: Delete, download: Download, review: Eye,
  document: FileText, flag: Flag, gift: Gift, payout: HandCoins, hourglass: Hourglass, home: House, seller: IdCard,
  picture: Image, info: Info, key: KeyRound, language: Languages, list: List, busy: LoaderCircle, lock: Lock,
  leave: LogOut, place: MapPin, menu: Menu, none: Minus, dark: Moon, wrong: OctagonAlert, package: Package,
  edit: Pencil, add: Plus, print: Printer, qr: QrCode, refresh: RefreshCw, launch: Rocket, route: Route,
  scan: ScanBarcode, search: Search, send: Send, settings: Settings, fraud: Shield, shop: ShoppingBag, rules: Sliders,
  phone: Smartphone, star: Star, outlet: Store, light: Sun, remove: Trash, rank: Trophy, undo: Undo, import: Upload,
  person: User, people: Users, sound: VolumeOn, silent: VolumeOff, wallet: Wallet, online: Wifi, offline: WifiOff,
  close: Cross,
} as const;

/** A drawing's role. */
export type IconName = keyof typeof icons;
