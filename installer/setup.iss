; The installer for Windows. installer/build.py compiles it when the folder is made, and passes the version:
;     iscc /DVersion=1.2.0 /DNumbers=1.2.0.0 installer\setup.iss
; Everything lies in the user's own folders, so nobody needs an administrator. Nothing that an office wrote is touched,
; neither by a newer version nor by the uninstaller: only what [Files] brought is replaced or removed.

#if Ver < EncodeVer(6, 3, 0)
  #error Inno Setup 6.3 or newer is needed
#endif
#define Name "客户管理系统"
#define Maker "客户管理系统项目"

[Setup]
AppId={{6B013437-6920-4DBF-BB0E-0EDA311C3CE1}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Maker}
AppMutex=CrmDesktopIsRunning
VersionInfoVersion={#Numbers}
VersionInfoDescription={#Name}安装程序
VersionInfoProductName={#Name}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
MinVersion=10.0
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DefaultDirName={autopf}\CrmDesktop
DisableWelcomePage=no
DisableDirPage=auto
DisableProgramGroupPage=yes
CloseApplications=yes
RestartApplications=no
ShowLanguageDialog=no
WizardStyle=modern
SetupIconFile=crm-desktop.ico
UninstallDisplayIcon={app}\{#Name}.exe
UninstallDisplayName={#Name}
OutputDir=..\dist
OutputBaseFilename=crm-desktop-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes

[Languages]
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"

[Tasks]
Name: "desktop"; Description: "在桌面上放快捷方式"

; A file that the newer version no longer has must not be found by it.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\{#Name}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Name}.exe"; WorkingDir: "{app}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Name}.exe"; WorkingDir: "{app}"; Tasks: desktop

[Run]
Filename: "{app}\{#Name}.exe"; Description: "启动{#Name}"; Flags: nowait postinstall skipifsilent
